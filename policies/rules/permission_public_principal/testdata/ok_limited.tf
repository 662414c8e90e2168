# The principal is a wildcard, but other conditions limit the permission.
resource "aws_lambda_permission" "organization" {
  function_name    = "orders"
  action           = "lambda:InvokeFunction"
  principal        = "*"
  principal_org_id = "o-a1b2c3d4e5"
}

resource "aws_lambda_permission" "account" {
  function_name  = "orders"
  action         = "lambda:InvokeFunction"
  principal      = "*"
  source_account = "123456789012"
}

resource "aws_lambda_permission" "source" {
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "*"
  source_arn    = "arn:aws:s3:::orders-in"
}

resource "aws_lambda_permission" "url_with_iam" {
  function_name          = "orders"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "AWS_IAM"
}

resource "aws_lambda_permission" "public_url" {
  function_name          = "orders"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "*"
  function_url_auth_type = "NONE"
}

resource "aws_lambda_permission" "via_url" {
  function_name            = "orders"
  action                   = "lambda:InvokeFunction"
  principal                = "*"
  invoked_via_function_url = true
}
