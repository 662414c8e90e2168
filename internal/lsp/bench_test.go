package lsp_test

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"
)

// unitOf20 is a root module of twenty files with functions, roles and queues.
func unitOf20() map[string]string {
	files := map[string]string{}
	for i := range 20 {
		files[fmt.Sprintf("f%02d.tf", i)] = fmt.Sprintf(`variable "stage%[1]d" {
  default = "prod"
}

resource "aws_lambda_function" "f%[1]d" {
  function_name = "orders-%[1]d-${var.stage%[1]d}"
  role          = aws_iam_role.r%[1]d.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  timeout       = 30
  environment {
    variables = {
      TABLE = "orders"
      STAGE = var.stage%[1]d
    }
  }
  tracing_config {
    mode = "Active"
  }
}

resource "aws_iam_role" "r%[1]d" {
  name               = "orders-%[1]d"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "p%[1]d" {
  role   = aws_iam_role.r%[1]d.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::orders/*" }] })
}

resource "aws_lambda_function_url" "u%[1]d" {
  function_name      = aws_lambda_function.f%[1]d.function_name
  authorization_type = "AWS_IAM"
}
`, i)
	}
	return files
}

// template returns a template of about as many lines; 10,000 lines have 500 resources, the limit of CloudFormation.
func template(lines int) string {
	var text strings.Builder
	text.WriteString("Resources:\n")
	for i := 0; i*100 < lines; i++ {
		fmt.Fprintf(&text, `  F%[1]d:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders-%[1]d
      Runtime: python3.13
      Handler: app.handler
      Code:
        S3Bucket: artifacts
        S3Key: orders-%[1]d.zip
      Role: !GetAtt R%[1]d.Arn
      TracingConfig:
        Mode: Active
      Timeout: 30
      Environment:
        Variables:
          TABLE: orders
          STAGE: prod
  R%[1]d:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Principal:
              Service: lambda.amazonaws.com
      Policies:
        - PolicyName: data
          PolicyDocument:
            Version: "2012-10-17"
            Statement:
              - Effect: Allow
                Action:
                  - dynamodb:GetItem
                  - dynamodb:PutItem
                Resource: arn:aws:dynamodb:eu-west-1:111122223333:table/orders
  L%[1]d:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: /aws/lambda/orders-%[1]d
      RetentionInDays: 30
  P%[1]d:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref F%[1]d
      Action: lambda:InvokeFunction
      Principal: events.amazonaws.com
      SourceArn: arn:aws:events:eu-west-1:111122223333:rule/orders-%[1]d
  A%[1]d:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: orders-%[1]d-errors
%[2]s`, i, strings.Repeat("      # who is told, and when, is written down here\n", 44))
	}
	return text.String()
}

// asTheProgram configures the garbage collector as cmd/lintel does.
func asTheProgram(b *testing.B) {
	b.Helper()
	percent, limit := debug.SetGCPercent(400), debug.SetMemoryLimit(112<<20)
	b.Cleanup(func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	})
}

// rounds measures the time from a message to the diagnostics of a file and reports the median and the 99th percentile.
func (c *client) rounds(b *testing.B, path string, send func()) {
	b.Helper()
	asTheProgram(b)
	var times []time.Duration
	for b.Loop() {
		c.mu.Lock()
		before := c.times[path]
		c.mu.Unlock()
		start := time.Now()
		send()
		c.until("diagnostics", func() bool { return c.times[path] > before })
		times = append(times, time.Since(start))
	}
	slices.Sort(times)
	b.ReportMetric(float64(times[len(times)/2].Microseconds())/1000, "median-ms")
	b.ReportMetric(float64(times[len(times)*99/100].Microseconds())/1000, "p99-ms")
}

// BenchmarkSave measures the time from didSave to the diagnostics for a unit of 20 files: median at most 50 ms, 99th
// percentile at most 150 ms.
func BenchmarkSave(b *testing.B) {
	c := session(b, unitOf20())
	c.open("f07.tf")
	c.until("diagnostics", func() bool { return c.times["f07.tf"] > 0 })
	c.rounds(b, "f07.tf", func() {
		c.saved("f07.tf")
	})
}

// BenchmarkChange measures the same for an edit, after the debounce delay.
func BenchmarkChange(b *testing.B) {
	c := session(b, unitOf20())
	c.open("f07.tf")
	c.until("diagnostics", func() bool { return c.times["f07.tf"] > 0 })
	c.rounds(b, "f07.tf", func() { c.edit("f07.tf", object{"range": span(0, 0, 0, 0), "text": "\n"}) })
}

// BenchmarkTemplate measures the same for a template of 10,000 lines: at most 300 ms.
func BenchmarkTemplate(b *testing.B) {
	c := session(b, map[string]string{"template.yaml": template(10_000)})
	c.open("template.yaml")
	c.until("diagnostics", func() bool { return c.times["template.yaml"] > 0 })
	c.rounds(b, "template.yaml", func() { c.edit("template.yaml", object{"range": span(0, 0, 0, 0), "text": "\n"}) })
}

// BenchmarkLargeTree runs BenchmarkChange in a repository with 2,000 other modules and templates.
func BenchmarkLargeTree(b *testing.B) {
	files := unitOf20()
	for i := range 1000 {
		files[fmt.Sprintf("other/%d/main.tf", i)] = fmt.Sprintf("module \"m\" {\n  source = \"../%d\"\n}\n", i+1)
		files[fmt.Sprintf("stacks/%d/template.yaml", i)] = template(20)
	}
	c := session(b, files)
	c.open("f07.tf")
	c.until("diagnostics", func() bool { return c.times["f07.tf"] > 0 })
	c.rounds(b, "f07.tf", func() { c.edit("f07.tf", object{"range": span(0, 0, 0, 0), "text": "\n"}) })
}

// BenchmarkIdle measures the memory of an idle session after a check: at most 80 MB.
func BenchmarkIdle(b *testing.B) {
	files := unitOf20()
	files["template.yaml"] = template(10_000)
	c := session(b, files)
	c.open("f07.tf")
	c.open("template.yaml")
	c.until("diagnostics", func() bool { return c.times["f07.tf"] > 0 && c.times["template.yaml"] > 0 })
	for b.Loop() {
		runtime.GC()
	}
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	b.ReportMetric(float64(stats.HeapAlloc)/(1<<20), "heap-MB")
	b.ReportMetric(float64(stats.Sys-stats.HeapReleased)/(1<<20), "total-MB")
}
