/** One instruction, with continuations joined and comments gone; variables are not put in yet. */
export type Instruction = Readonly<{
  keyword: string;
  flags: readonly Readonly<{ name: string; value: string }>[];
  /** What follows the flags, on one line; heredoc bodies are left out. */
  arguments: string;
  /** The strings of an exec form (`["a", "b"]`); absent in shell form. */
  json?: readonly string[];
  heredocs: readonly Heredoc[];
  /** As the author wrote it, for messages. */
  text: string;
  line: number;
}>;

export type Heredoc = Readonly<{
  name: string;
  body: string;
  /** `<<EOF` has its variables put in, `<<'EOF'` has not. */
  expands: boolean;
}>;
