import { S3Client, PutObjectCommand } from "@aws-sdk/client-s3";

const s3 = new S3Client({});

export const handler = async (event) => s3.send(new PutObjectCommand({ Bucket: "orders", Key: event.id }));
