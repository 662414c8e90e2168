import { S3Client } from "@aws-sdk/client-s3";

export const handler = async () => new S3Client();
