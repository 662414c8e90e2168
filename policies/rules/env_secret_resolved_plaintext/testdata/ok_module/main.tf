# A module object with the name and the value of a parameter; the function uses the name.
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
