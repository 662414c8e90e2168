resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_code_signing_config" "signed" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-west-1:210987654321:/signing-profiles/p/v"] # want "igned trusts the signing profile .* of account 210987654321"
  }

  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}
