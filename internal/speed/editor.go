package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"path/filepath"
	"strings"
	"time"

	"lintel/internal/lsp"
	"lintel/internal/policy"
	"lintel/policies"
)

// editor is an editor with a session of the language server in this process.
type editor struct {
	conn  net.Conn
	dir   string
	shown chan string // diagnostics, as the server sends them; closed at the end of the session
}

type message map[string]any

// open starts a session and opens a file.
func (m *machine) open(dir, file, text string) (*editor, error) {
	set, err := policy.Load(policies.Compiled)
	if err != nil {
		return nil, err
	}
	ours, theirs := net.Pipe()
	go func() {
		_ = lsp.Serve(m.ctx, theirs, lsp.Options{Policies: set, Version: "speed", Today: time.Now}) // ends with the connection
	}()
	e := &editor{conn: ours, dir: dir, shown: make(chan string, 1)}
	go e.read() // also while a message is sent, because the pipe has no buffer
	for _, send := range []message{
		{"id": 1, "method": "initialize", "params": message{"rootUri": "file://" + dir, "capabilities": message{}}},
		{"method": "initialized", "params": message{}},
		{"method": "textDocument/didOpen", "params": message{"textDocument": message{"uri": e.uri(file), "languageId": "x", "version": 1, "text": text}}},
	} {
		if err := e.send(send); err != nil {
			return nil, err
		}
	}
	return e, e.await(file)
}

func (e *editor) uri(file string) string {
	return "file://" + filepath.ToSlash(filepath.Join(e.dir, file))
}

func (e *editor) send(m message) error {
	m["jsonrpc"] = "2.0"
	content, err := json.Marshal(m)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(e.conn, "Content-Length: %d\r\n\r\n%s", len(content), content)
	return err
}

// read receives messages until the session ends.
func (e *editor) read() {
	defer close(e.shown)
	in := bufio.NewReader(e.conn)
	for {
		length := 0
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			if line = strings.TrimSpace(line); line == "" {
				break
			}
			_, _ = fmt.Sscanf(line, "Content-Length: %d", &length)
		}
		content := make([]byte, length)
		if _, err := io.ReadFull(in, content); err != nil {
			return
		}
		if bytes.Contains(content, []byte("publishDiagnostics")) {
			e.shown <- string(content)
		}
	}
}

// await waits for the diagnostics of a file.
func (e *editor) await(file string) error {
	for content := range e.shown {
		if strings.Contains(content, e.uri(file)) {
			return nil
		}
	}
	return errors.New("the session ended")
}

// untilShown measures a message up to the diagnostics of a file, in milliseconds of CPU time.
func (m *machine) untilShown(e *editor, file string, next func(i int) message) (half, tail float64, detail string, err error) {
	var times, walls []time.Duration
	for i := range 20 * m.rounds {
		start, begin := cpuTime(), time.Now()
		if err := e.send(next(i)); err != nil {
			return 0, 0, "", err
		}
		if err := e.await(file); err != nil {
			return 0, 0, "", err
		}
		times, walls = append(times, cpuTime()-start), append(walls, time.Since(begin))
	}
	detail = fmt.Sprintf("CPU time; the user waits %.1f / %.1f ms here", milliseconds(median(walls)), milliseconds(percentile(walls, 99)))
	return milliseconds(median(times)), milliseconds(percentile(times, 99)), detail, e.conn.Close()
}

func save(m *machine) ([]float64, string, error) {
	files := map[string]string{".git/HEAD": ""}
	for i := range 20 {
		files[fmt.Sprintf("f%02d.tf", i)] = numbered(unit, i)
	}
	dir, err := m.write("save", files)
	if err != nil {
		return nil, "", err
	}
	e, err := m.open(dir, "f07.tf", files["f07.tf"])
	if err != nil {
		return nil, "", err
	}
	median, tail, detail, err := m.untilShown(e, "f07.tf", func(int) message {
		return message{"method": "textDocument/didSave", "params": message{"textDocument": message{"uri": e.uri("f07.tf")}}}
	})
	return []float64{median, tail}, detail, err
}

// longTemplate edits a template of 10,000 lines with 500 resources, the limit of CloudFormation.
func longTemplate(m *machine) ([]float64, string, error) {
	text := "Resources:\n" + repeated(100, resources+strings.Repeat("      # who is told, and when, is written down here\n", 44))
	dir, err := m.write("long", map[string]string{".git/HEAD": "", "template.yaml": text})
	if err != nil {
		return nil, "", err
	}
	e, err := m.open(dir, "template.yaml", text)
	if err != nil {
		return nil, "", err
	}
	start := message{"line": 0, "character": 0}
	median, _, detail, err := m.untilShown(e, "template.yaml", func(i int) message {
		return message{"method": "textDocument/didChange", "params": message{
			"textDocument":   message{"uri": e.uri("template.yaml"), "version": i + 2},
			"contentChanges": []message{{"range": message{"start": start, "end": start}, "text": "\n"}},
		}}
	})
	return []float64{median}, detail, err
}

const unit = `variable "stage{i}" {
  default = "prod"
}

resource "aws_lambda_function" "f{i}" {
  function_name = "orders-{i}-${var.stage{i}}"
  role          = aws_iam_role.r{i}.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  timeout       = 30
  environment {
    variables = {
      TABLE = "orders"
      STAGE = var.stage{i}
    }
  }
  tracing_config {
    mode = "Active"
  }
}

resource "aws_iam_role" "r{i}" {
  name               = "orders-{i}"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "lambda.amazonaws.com" } }] })
}

resource "aws_iam_role_policy" "p{i}" {
  role   = aws_iam_role.r{i}.id
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = "arn:aws:s3:::orders/*" }] })
}

resource "aws_lambda_function_url" "u{i}" {
  function_name      = aws_lambda_function.f{i}.function_name
  authorization_type = "AWS_IAM"
}
`

const resources = `  F{i}:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: orders-{i}
      Runtime: python3.13
      Handler: app.handler
      Code:
        S3Bucket: artifacts
        S3Key: orders-{i}.zip
      Role: !GetAtt R{i}.Arn
      TracingConfig:
        Mode: Active
      Timeout: 30
      Environment:
        Variables:
          TABLE: orders
          STAGE: prod
  R{i}:
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
  L{i}:
    Type: AWS::Logs::LogGroup
    Properties:
      LogGroupName: /aws/lambda/orders-{i}
      RetentionInDays: 30
  P{i}:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref F{i}
      Action: lambda:InvokeFunction
      Principal: events.amazonaws.com
      SourceArn: arn:aws:events:eu-west-1:111122223333:rule/orders-{i}
  A{i}:
    Type: AWS::CloudWatch::Alarm
    Properties:
      AlarmName: orders-{i}-errors
`
