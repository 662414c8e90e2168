import pymysql

connection = pymysql.connect()


def handler(event, context):
    name = event["name"]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM orders WHERE name = '{name}'")  # # want "SQL injection"
        return cursor.fetchall()
