terraform {
  required_version = ">= 1.9"
}
provider "aws" {}
moved {
  from = aws_lambda_function.old
  to   = aws_lambda_function.f
}
removed {
  from = aws_lambda_function.gone
  lifecycle { destroy = false }
}
import {
  to = aws_lambda_function.f
  id = "f"
}
check "health" {
  assert {
    condition     = true
    error_message = "x"
  }
}
action "aws_lambda_invoke" "warm" {
  config { function_name = "f" }
}
resource "aws_lambda_function" "f" {
  function_name = "f"
  lifecycle { ignore_changes = [runtime] }
  provisioner "local-exec" { command = "true" }
}
