package handler

import (
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// function reads the call of a function of others.
func (c *calls) function(name string, s *code.Statement, e *code.Expr, sc *scope) {
	if sc.m.code.Language == code.Go {
		c.goFunction(name, s, e, sc)
		return
	}
	module, _, _ := strings.Cut(strings.TrimPrefix(name, "node:"), ".")
	switch {
	case slices.Contains([]string{"boto3.setup_default_session", "aws-sdk.config.update", "aws-sdk.config.loadFromPath"}, name):
		c.settings(name, e, sc)
	case slices.Contains([]string{"subprocess", "child_process", "importlib"}, module) || name == "os.system" || name == "os.popen":
		c.others = true
	case strings.HasPrefix(name, "aws_lambda_powertools.utilities.") || strings.HasPrefix(name, "@aws-lambda-powertools/parameters"):
		c.powertools(name, s, e)
	case strings.HasPrefix(name, "@aws-sdk/client-"):
		c.helper(name, s, e, sc)
	case name == "@aws-sdk/s3-request-presigner.getSignedUrl":
		c.presigned(s, e, sc)
	case name == "@aws-sdk/s3-presigned-post.createPresignedPost" || name == "@aws-sdk/lib-storage.Upload":
		s3, _ := serviceByName("s3")
		c.call(object{service: s3, owner: ofUnknown}, "PutObject", s, e, nil, nil)
	}
}

// settings reads functions that change the settings of all clients.
func (c *calls) settings(name string, e *code.Expr, sc *scope) {
	c.hasMore = c.hasMore || name != "aws-sdk.config.update" || !c.keepsCredentials(e, sc)
}

// keepsCredentials reports whether the settings that AWS.config.update is called with are written out and leave the
// credentials of the role and the addresses of the services as they are.
func (c *calls) keepsCredentials(e *code.Expr, sc *scope) bool {
	settings := argument(e, "", 0)
	if settings == nil {
		return false
	}
	if settings.Kind != code.Map {
		values := c.eval(settings, sc)
		if len(values) != 1 || values[0].kind != isLiteral {
			return false
		}
		settings = values[0].expr
	}
	return !slices.ContainsFunc(settings.Keys, func(key string) bool {
		return !slices.Contains([]string{"apiVersion", "apiVersions", "httpOptions", "logger", "maxRetries", "region", "retryDelayOptions"}, key)
	})
}

// presigned reads getSignedUrl(client, command).
func (c *calls) presigned(s *code.Statement, e *code.Expr, sc *scope) {
	const withCommand = 3 // the function, the client and the command
	if len(e.Items) < withCommand {
		c.hasMore = true
		return
	}
	sent := &code.Expr{Kind: code.Call, Items: []*code.Expr{e.Items[0], e.Items[2]}, Keys: []string{"", ""}, Range: e.Range}
	for _, client := range c.eval(e.Items[1], sc) {
		c.method(client, "send", s, sent, sc)
	}
}

// helper reads the functions of version 3 of the SDK for JavaScript that send commands: paginators and waiters.
func (c *calls) helper(name string, s *code.Statement, e *code.Expr, sc *scope) {
	module, member, _ := strings.Cut(strings.TrimPrefix(name, "@aws-sdk/client-"), ".")
	of, ok := serviceByID(module)
	operation, isPaginator := strings.CutPrefix(member, "paginate")
	waiter, isWaiter := strings.CutPrefix(member, "waitUntil")
	if isWaiter {
		operation = of.waiter(waiter)
	}
	if ok && (isPaginator || isWaiter) {
		c.services[of.prefix] = true
		c.call(object{service: of, owner: ofUnknown}, operation, s, e, argument(e, "", 1), sc)
	}
}

// powertools reads functions of Powertools for AWS Lambda.
// https://docs.powertools.aws.dev/lambda/python/latest/utilities/parameters/#iam-permissions
func (c *calls) powertools(name string, s *code.Statement, e *code.Expr) {
	function := strings.ToLower(strings.ReplaceAll(lastName(name), "_", ""))
	isParameters := strings.Contains(name, ".parameters") || strings.Contains(name, "/parameters")
	operations := map[string][]string{
		"getparameter": {"ssm", "GetParameter"}, "getparameters": {"ssm", "GetParametersByPath"}, "getsecret": {"secretsmanager", "GetSecretValue"},
		"setparameter": {"ssm", "PutParameter"}, "setsecret": {"secretsmanager", "PutSecretValue"},
	}[function]
	if !isParameters || operations == nil {
		c.others = c.others || isParameters || strings.Contains(name, "idempotency") || strings.Contains(name, "feature_flags") || strings.Contains(name, "streaming") ||
			strings.Contains(name, "data_masking") || strings.Contains(name, "BatchProcessor")
		return
	}
	of, _ := serviceByName(operations[0])
	c.services[of.prefix] = true
	c.call(object{service: of}, operations[1], s, e, nil, nil)
}

// method reads the call of a method of a client or a resource.
func (c *calls) method(base object, method string, s *code.Statement, e *code.Expr, sc *scope) {
	switch base.kind { //nolint:exhaustive // others call nothing
	case isResource:
		c.onResource(base, method, s, e)
	case isDocument:
		if operation := document(method); operation != "" {
			c.call(base, operation, s, e, argument(e, "", 0), sc)
		} else {
			c.onClient(base, method, s, e, sc)
		}
	case isClient:
		c.onClient(base, method, s, e, sc)
	}
}

// onResource reads the call of a method of a boto3 resource.
func (c *calls) onResource(base object, method string, s *code.Statement, e *code.Expr) {
	operations, none := resourceOperations(base.service.name, base.name, method)
	if base.made != nil {
		c.used[base.made] = true
	}
	c.hasMore = c.hasMore || len(operations) == 0 && !none
	for _, operation := range operations {
		c.call(base, operation, s, e, nil, nil)
	}
}

// onClient reads the call of a method of a client.
func (c *calls) onClient(base object, method string, s *code.Statement, e *code.Expr, sc *scope) {
	switch method {
	case "send":
		c.send(base, s, e, sc)
		return
	case "close", "destroy", "can_paginate", "meta", "get_available_subresources", "promise", "on", "__enter__", "__aenter__", "__exit__", "__aexit__":
		return
	case "get_paginator", "generate_presigned_url", "getSignedUrl", "getSignedUrlPromise", "get_waiter", "waitFor":
		name := argument(e, map[string]string{"get_paginator": "operation_name", "generate_presigned_url": "ClientMethod", "get_waiter": "waiter_name"}[method], 0)
		operation := ""
		if name != nil {
			operation, _ = c.text(name, sc)
		}
		if method == "get_waiter" || method == "waitFor" {
			operation = base.service.waiter(operation)
		}
		c.call(base, operation, s, e, nil, nil)
		return
	}
	if higher := base.service.higher(method); len(higher) > 0 {
		for _, operation := range higher {
			c.call(base, operation, s, e, e, sc)
		}
		return
	}
	input := e
	if sc.m.code.Language != code.Python {
		input = argument(e, "", 0)
	}
	c.call(base, method, s, e, input, sc)
}

// send reads client.send(command).
func (c *calls) send(base object, s *code.Statement, e *code.Expr, sc *scope) {
	found := false
	if len(e.Items) > 1 {
		for _, o := range c.eval(e.Items[1], sc) {
			if o.kind != isCommand {
				continue
			}
			found = true
			c.used[base.made] = true
			o.owner = base.owner
			c.call(o, o.name, s, e, o.input, o.scope)
		}
	}
	c.hasMore = c.hasMore || !found
}
