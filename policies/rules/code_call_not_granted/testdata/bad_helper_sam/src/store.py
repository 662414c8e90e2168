import boto3


class Store:
    def __init__(self):
        self.table = self.client().Table("orders")

    def client(self):
        return boto3.resource("dynamodb")

    def add(self, id):
        self.table.put_item(Item={"id": id})  # want "does not allow dynamodb:PutItem"

    def remove(self, id):
        self.table.delete_item(Key={"id": id})
