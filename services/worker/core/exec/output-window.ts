/** What was read stays for a reader that comes again after a break. */
const KEPT_BYTES = 2 * 1024 * 1024;
/** What nobody has read yet; a program that writes more waits, as at a pipe. */
const MOST_UNREAD_BYTES = 2 * 1024 * 1024;

/** The part of a program's output that is held: what was not read, and the last of what was. */
export class OutputWindow {
  private readonly pieces: Uint8Array[] = [];
  private begin = 0;
  private end = 0;
  private furthestRead = 0;

  append(piece: Uint8Array): void {
    this.pieces.push(piece);
    this.end += piece.length;
  }

  get length(): number {
    return this.end;
  }

  get heldBytes(): number {
    return this.end - this.begin;
  }

  get isFull(): boolean {
    return this.end - this.furthestRead >= MOST_UNREAD_BYTES;
  }

  /** The next bytes from `offset` on, none where there are none yet; undefined for bytes that are held no longer, or not written. */
  read(offset: number): Uint8Array | undefined {
    if (offset < this.begin || offset > this.end) return undefined;
    let start = this.begin;
    for (const piece of this.pieces) {
      if (offset < start + piece.length) {
        this.passed(start + piece.length);
        return piece.subarray(offset - start);
      }
      start += piece.length;
    }
    return new Uint8Array();
  }

  private passed(offset: number): void {
    this.furthestRead = Math.max(this.furthestRead, offset);
    let [first] = this.pieces;
    while (first !== undefined && this.begin + first.length <= this.furthestRead - KEPT_BYTES) {
      this.begin += first.length;
      this.pieces.shift();
      [first] = this.pieces;
    }
  }
}
