resource "aws_lambda_function" "api" {
  for_each      = fileset("${path.module}/handlers", "**/*.py")
  function_name = trimsuffix(basename(each.value), ".py")
  description   = templatefile("${path.module}/about.tftpl", { name = each.key })
  handler       = filebase64("${path.cwd}/name.txt")
}
