# Loops whose variables have the names of each other, over maps, sets and lists.
locals {
  stages  = { blue = ["b", "a"], green = ["a", "c"], red = [] }
  crossed = { for stage, names in local.stages : stage => { for stage, name in names : name => { for name, stage in { "${name}" = stage } : name => stage } } }
  grouped = { for pair in setproduct(keys(local.stages), toset(["x", "y", "z"])) : pair[1] => pair[0]... }
  twice   = { for stage, names in local.stages : "same" => stage }
}

resource "aws_lambda_function" "each" {
  for_each      = merge([for stage, names in local.stages : { for name in names : "${stage}-${name}" => { name = name, stage = stage } }]...)
  function_name = each.key
  role          = "arn:aws:iam::123456789012:role/${each.value.stage}"
  handler       = "a.b"
  runtime       = each.value.stage == "blue" ? "python3.7" : "nodejs14.x"

  dynamic "environment" {
    for_each = { for each, value in local.crossed : each => value }
    iterator = each
    content {
      variables = { for key, value in each.value : key => jsonencode(value) }
    }
  }
}

resource "aws_lambda_permission" "each" {
  for_each      = local.grouped
  function_name = aws_lambda_function.each["${each.value[0]}-a"].function_name
  action        = "lambda:InvokeFunction"
  principal     = each.key == "x" ? "*" : "events.amazonaws.com"
}

resource "aws_lambda_function_url" "each" {
  for_each           = aws_lambda_function.each
  function_name      = each.value.function_name
  authorization_type = local.twice["same"] == "red" ? "AWS_IAM" : "NONE"
}
