import modal

app = modal.App("e2e-wrong-cron")


@app.function(schedule=modal.Cron("61 * * * *"))
def sweep() -> None:
    pass
