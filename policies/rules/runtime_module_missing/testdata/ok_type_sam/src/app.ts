import type { S3 } from "aws-sdk";

export const handler = async (s3: S3) => s3;
