# The name of a parameter that travels together with its value.
resource "aws_ssm_parameter" "hook" {
  name  = "/orders/hook"
  type  = "SecureString"
  value = var.hook
}

variable "hook" {
  type      = string
  sensitive = true
}

module "fn" {
  source = "./fn"
  hook = {
    name   = aws_ssm_parameter.hook.name
    values = [aws_ssm_parameter.hook.value]
  }
}
