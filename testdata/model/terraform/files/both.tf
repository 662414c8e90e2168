resource "aws_lambda_function" "replaced" {
  runtime = "never"
}
