def handler(event, context):
    print("order", event["id"])  # # want "with print"
    print("done")
