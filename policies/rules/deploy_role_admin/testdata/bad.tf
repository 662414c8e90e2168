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
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess" # want "aws_iam_role.build, assumed by CodeBuild, has the managed policy AdministratorAccess"
}

resource "aws_iam_role" "second" {
  name               = "second"
  assume_role_policy = data.aws_iam_policy_document.codebuild.json
}

data "aws_iam_policy_document" "second" {
  statement {
    actions   = ["*"] # want "aws_iam_role.second, assumed by CodeBuild, has administrator permissions: it allows .* on resource"
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "second" {
  role   = aws_iam_role.second.id
  policy = data.aws_iam_policy_document.second.json
}
