resource "aws_lambda_function" "hook" {
  function_name = "hook"
  role          = "arn:aws:iam::123456789012:role/hook"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "hook.zip"
  capacity_provider_config {
    lambda_managed_instances_capacity_provider_config {
      capacity_provider_arn = aws_lambda_capacity_provider.pool.arn # want "aws_lambda_function.hook is public and shares the instances of aws_lambda_capacity_provider.pool with aws_lambda_function.billing, whose execution roles differ"
    }
  }
}

resource "aws_lambda_function_url" "hook" {
  function_name      = aws_lambda_function.hook.function_name
  authorization_type = "NONE"
}

resource "aws_lambda_function" "billing" {
  function_name = "billing"
  role          = "arn:aws:iam::123456789012:role/billing"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "billing.zip"
  capacity_provider_config {
    lambda_managed_instances_capacity_provider_config {
      capacity_provider_arn = aws_lambda_capacity_provider.pool.arn
    }
  }
}

resource "aws_lambda_capacity_provider" "pool" {
  name        = "pool"
  kms_key_arn = "arn:aws:kms:eu-west-1:123456789012:key/0b4e1c2d-5f60-4718-8a9b-c0d1e2f3a4b5"

  vpc_config {
    subnet_ids         = ["subnet-1"]
    security_group_ids = ["sg-1"]
  }

  permissions_config {
    capacity_provider_operator_role_arn = "arn:aws:iam::123456789012:role/operator"
  }
}
