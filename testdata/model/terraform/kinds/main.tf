# The same facts inline and as resources of their own.
resource "aws_iam_policy" "p" {
  name   = "p"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}

resource "aws_iam_role" "inline" {
  name                = "inline"
  managed_policy_arns = [aws_iam_policy.p.arn, "arn:aws:iam::aws:policy/AWSLambdaExecute"]
}

resource "aws_iam_role" "separate" { name = "separate" }
resource "aws_iam_role_policy_attachment" "own" {
  role       = aws_iam_role.separate.name
  policy_arn = aws_iam_policy.p.arn
}
resource "aws_iam_policy_attachment" "many" {
  name       = "many"
  roles      = [aws_iam_role.separate.name]
  policy_arn = "arn:aws:iam::aws:policy/AWSLambdaExecute"
}

resource "aws_iam_role" "exclusive" { name = "exclusive" }
resource "aws_iam_role_policy_attachments_exclusive" "all" {
  role_name   = aws_iam_role.exclusive.name
  policy_arns = [aws_iam_policy.p.arn]
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = aws_iam_role.inline.arn
}
resource "aws_lambda_alias" "live" {
  name             = "live"
  function_name    = aws_lambda_function.f.arn
  function_version = "1"
}
resource "aws_lambda_function_url" "u" {
  function_name      = aws_lambda_alias.live.arn
  authorization_type = "AWS_IAM"
}
resource "aws_lambda_provisioned_concurrency_config" "live" {
  function_name                     = aws_lambda_alias.live.function_name
  qualifier                         = aws_lambda_alias.live.name
  provisioned_concurrent_executions = 2
}
resource "aws_lambda_function_event_invoke_config" "f" {
  function_name          = aws_lambda_function.f.function_name
  maximum_retry_attempts = 0
}
resource "aws_lambda_runtime_management_config" "f" {
  function_name       = aws_lambda_function.f.function_name
  update_runtime_on   = "Manual"
  runtime_version_arn = "arn:aws:lambda:eu-west-1::runtime:abc"
}
resource "aws_lambda_function_recursion_config" "f" {
  function_name  = aws_lambda_function.f.function_name
  recursive_loop = "Allow"
}
resource "aws_cloudwatch_log_group" "by_reference" {
  name              = "/aws/lambda/${aws_lambda_function.f.function_name}"
  retention_in_days = 14
}
resource "aws_cloudwatch_log_group" "by_name" {
  name = "/aws/lambda/f"
}
