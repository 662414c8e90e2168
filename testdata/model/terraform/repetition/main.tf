variable "unknown" {}
variable "on" { default = false }
locals {
  objects = [{ name = "x", timeout = 1 }, { name = "y", timeout = 2 }]
}

resource "aws_lambda_function" "counted" {
  count         = 2
  function_name = "counted-${count.index}"
}

resource "aws_lambda_function" "set" {
  for_each      = toset(["b", "a"])
  function_name = each.key
}

resource "aws_lambda_function" "objects" {
  for_each      = { for o in local.objects : o.name => o if o.timeout > 1 }
  function_name = each.value.name
  timeout       = each.value.timeout
}

resource "aws_lambda_function" "off" {
  count = var.on ? 1 : 0
}

resource "aws_lambda_function_url" "may_exist" {
  count              = var.unknown ? 1 : 0
  function_name      = aws_lambda_function.set["a"].function_name
  authorization_type = "NONE"
}

resource "aws_lambda_function" "unknown_keys" {
  for_each      = var.unknown
  function_name = "literal"
  handler       = each.value
  role          = "prefix-${each.key}"
}

resource "aws_lambda_function" "splat" {
  function_name = join(",", aws_lambda_function.counted[*].function_name)
  layers        = [for k, f in aws_lambda_function.set : upper(f.function_name)]
}
