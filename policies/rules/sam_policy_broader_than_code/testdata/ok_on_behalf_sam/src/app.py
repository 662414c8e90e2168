import boto3

s3 = boto3.client("s3")


def handler(event, context):
    labels = boto3.client("rekognition").detect_labels(Image={"S3Object": {"Bucket": "orders", "Name": event["id"]}})
    s3.put_object(Bucket="orders", Key="labels", Body=str(labels))
