import pymysql

cursor = pymysql.connect().cursor()


def handler(event, context):
    if event["kind"] == "one":
        query = "SELECT * FROM orders WHERE id = " + event["id"]
        cursor.execute(query)  # # want "with execute"
    else:
        query = "SELECT * FROM orders"
        query += " ORDER BY name"
        cursor.execute(query)
