with_table = false
