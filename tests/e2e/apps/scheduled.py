"""A function that is called by itself every two seconds, and one that would be once a day."""

import modal

app = modal.App("e2e-scheduled")


@app.function(schedule=modal.Period(seconds=2), scaledown_window=20, max_containers=1)
def beat() -> None:
    print("the clock beats")


@app.function(schedule=modal.Cron("30 4 * * *", timezone="Europe/Berlin"))
def nightly() -> None:
    print("good night")
