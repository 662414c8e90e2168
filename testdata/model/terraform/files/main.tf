# Overrides are merged, main.tofu would replace this file if it were there.
resource "aws_lambda_function" "native" {
  function_name = "native"
  runtime       = "python3.12"
  timeout       = 3

  tracing_config {
    mode = "PassThrough"
  }
}
