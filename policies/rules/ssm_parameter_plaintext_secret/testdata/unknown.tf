variable "word" {
  type = string
}

resource "aws_ssm_parameter" "p" {
  name  = "/orders/db-password"
  type  = "String"
  value = var.word
}
