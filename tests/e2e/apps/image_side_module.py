WORD = "from beside the app"
