resource "aws_iam_role" "inner" { name = "inner" }
output "arn" { value = aws_iam_role.inner.arn }
output "role" { value = aws_iam_role.inner }
