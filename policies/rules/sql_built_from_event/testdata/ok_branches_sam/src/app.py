import pymysql

cursor = pymysql.connect().cursor()


def handler(event, context):
    if event["kind"] == "one":
        query = "SELECT * FROM orders WHERE id = " + str(int(event["id"]))
        cursor.execute(query)
    else:
        query = "SELECT * FROM orders"
        query += " ORDER BY name"
        cursor.execute(query)
