variable "region" {
  type = string
}

# Which region it is does not matter.
resource "aws_lambda_permission" "logs" { # want "aws_lambda_permission.logs allows .* without a source ARN"
  function_name = "orders"
  action        = "lambda:InvokeFunction"
  principal     = "logs.${var.region}.amazonaws.com"
}
