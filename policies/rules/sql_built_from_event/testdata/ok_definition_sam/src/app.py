import psycopg2


def handler(event, context):
    cursor = psycopg2.connect("").cursor()
    name = event["ResourceProperties"]["Database"]
    cursor.execute(f"CREATE DATABASE {name}")
    cursor.execute(f"SELECT 1 FROM pg_database WHERE datname = '{name}'")
