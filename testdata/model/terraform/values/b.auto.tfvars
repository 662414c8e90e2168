last_wins = "b"
