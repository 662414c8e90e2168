import pymysql

import settings

cursor = pymysql.connect().cursor()


def handler(event, context):
    cursor.execute(settings.query(event))
    cursor.execute(f"SELECT * FROM {settings.table}")
    cursor.execute(event["query"])
