# Several values exceed the limit of steps together: the one at which it strikes must always be the same. The loops count
# only, because large values cost more time than steps; large is one that exceeds the limit of elements.
locals {
  wide   = range(500)
  large  = { for a in range(320) : a => [for b in range(320) : b] }
  first  = { for a in local.wide : a => length([for b in local.wide : a]) }
  second = { for a in local.wide : a => length([for b in local.wide : b]) }
  third  = { for a in local.wide : a => length([for b in local.wide : true]) }
}

resource "aws_lambda_function" "first" {
  function_name = "first"
  role          = "arn:aws:iam::123456789012:role/r"
  runtime       = "python3.7"
  handler       = local.first[3]
  description   = local.large[3][5]
  environment {
    variables = { A = local.second[1], B = local.third[1], C = local.large[1][2] }
  }
}

resource "aws_lambda_function" "second" {
  function_name = "second"
  role          = "arn:aws:iam::123456789012:role/r"
  runtime       = "python3.7"
  handler       = local.third[3]
}
