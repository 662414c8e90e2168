import sqlite3


def find(connection, name):
    return connection.execute("SELECT * FROM orders WHERE name = '" + name + "'")  # # want "with execute"


def handler(event, context):
    return find(sqlite3.connect("orders.db"), event["name"])
