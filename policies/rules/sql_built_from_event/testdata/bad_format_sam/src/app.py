import psycopg2


def handler(event, context):
    cursor = psycopg2.connect("").cursor()
    cursor.execute("SELECT * FROM orders WHERE id = %s" % event["id"])  # # want "with execute"
    cursor.execute("SELECT * FROM orders WHERE id = {}".format(event["id"]))  # # want "with execute"
    query = "SELECT * FROM orders"
    query += " WHERE id = " + event["id"]
    cursor.execute(query)  # # want "with execute"
    if "name" not in event or "city" not in event:
        return None
    cursor.execute("SELECT * FROM orders WHERE city = '" + event["city"] + "'")  # # want "with execute"
    for name in event["names"]:
        cursor.execute("SELECT * FROM orders WHERE name = '" + name + "'")  # # want "with execute"
    return None
