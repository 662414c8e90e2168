import re

import pymysql

cursor = pymysql.connect().cursor()


def handler(event, context):
    column = event["by"]
    if column not in ("name", "date"):
        raise ValueError(column)
    cursor.execute(f"SELECT * FROM orders ORDER BY {column}")
    day = event["day"]
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        raise ValueError(day)
    cursor.execute(f"SELECT * FROM orders WHERE day = '{day}'")
