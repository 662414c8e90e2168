table = "orders"


def query(event):
    return "SELECT 1"
