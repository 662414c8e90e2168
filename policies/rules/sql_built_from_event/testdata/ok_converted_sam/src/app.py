import uuid

import pymysql

cursor = pymysql.connect().cursor()
COLUMNS = {"name": "name", "date": "created"}


def handler(event, context):
    number = event["number"]
    number = int(number)
    cursor.execute(f"SELECT * FROM orders LIMIT {number}")
    cursor.execute(f"SELECT * FROM orders LIMIT {int(event['limit'])}")
    cursor.execute("SELECT * FROM orders WHERE id = '%s'" % uuid.UUID(event["id"]))
    cursor.execute("SELECT * FROM orders ORDER BY " + COLUMNS[event["by"]])
    cursor.execute("SELECT * FROM orders ORDER BY " + COLUMNS.get(event["by"], "name"))
    count = ", ".join(["%s"] * len(event["ids"]))
    cursor.execute(f"SELECT * FROM orders WHERE id IN ({count})", event["ids"])
