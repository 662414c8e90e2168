import { S3Client } from "@aws-sdk/client-s3";

export const handler = async () => {
  const s3 = new S3Client({}); // # want "client of s3"
  return s3;
};
