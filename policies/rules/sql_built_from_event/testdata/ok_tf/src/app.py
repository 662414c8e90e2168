import pymysql

connection = pymysql.connect()


def handler(event, context):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM orders WHERE name = %s", (event["name"],))
        return cursor.fetchall()
