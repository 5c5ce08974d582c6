import modal

app = modal.App("e2e-wrong-time-zone")


@app.function(schedule=modal.Cron("0 9 * * *", timezone="Mars/Olympus"))
def sweep() -> None:
    pass
