resource "aws_serverlessapplicationrepository_cloudformation_stack" "rotation" {
  name             = "rotation"
  application_id   = "arn:aws:serverlessrepo:us-east-1:297356227824:applications/SecretsManagerRDSPostgreSQLRotationSingleUser"
  semantic_version = "1.1.188"

  capabilities = ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"]

  parameters = {
    functionName = "rotation"
    endpoint     = "secretsmanager.us-east-1.amazonaws.com"
  }
}
