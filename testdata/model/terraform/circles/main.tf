locals {
  a = local.b
  b = local.c
  c = local.a
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  runtime       = local.a
  handler       = local.b
}
