data "aws_iam_policy_document" "codebuild" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["codebuild.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "build" {
  name               = "build"
  assume_role_policy = data.aws_iam_policy_document.codebuild.json
}

resource "aws_iam_role_policy_attachment" "build" {
  role       = aws_iam_role.build.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # want "aws_iam_role.build, the role of CodeBuild, has AdministratorAccess"
}

resource "aws_iam_role" "second" {
  name               = "second"
  assume_role_policy = data.aws_iam_policy_document.codebuild.json
}

data "aws_iam_policy_document" "second" {
  statement {
    actions   = ["*"] # want "aws_iam_role.second, the role of CodeBuild, allows every action on everything"
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "second" {
  role   = aws_iam_role.second.id
  policy = data.aws_iam_policy_document.second.json
}
