package handler

import (
	"path"
	"slices"
	"strings"

	"lintel/parsers/handler/code"
)

// external evaluates the result of a call of something that others wrote.
func (c *calls) external(callee object, e *code.Expr, sc *scope) []object {
	name := callee.name
	switch name {
	case "boto3.client", "boto3.resource":
		return c.create(lastName(name), callee.owner, e, sc)
	case "boto3.Session", "boto3.session.Session", "aioboto3.Session", "aioboto3.session.Session", "botocore.session.get_session",
		"botocore.session.Session", "aiobotocore.session.get_session", "aiobotocore.session.AioSession":
		return []object{{kind: isSession, owner: pythonOwner(e, false)}}
	}
	switch sc.m.code.Language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Python:
		return nil
	case code.Go:
		return c.goMade(name, e)
	}
	if wraps(lastName(name)) && len(e.Items) > 1 {
		return c.eval(e.Items[1], sc) // AWSXRay.captureAWSv3Client(client)
	}
	switch {
	case strings.HasPrefix(name, "@aws-sdk/client-"):
		return c.modular(name, e, sc)
	case strings.HasPrefix(name, "@aws-sdk/lib-dynamodb."):
		return c.documentOf(strings.TrimPrefix(name, "@aws-sdk/lib-dynamodb."), e, sc)
	case strings.HasPrefix(name, "aws-sdk.") || strings.HasPrefix(name, "aws-sdk/clients/"):
		return c.version2(name, e, sc)
	}
	return nil
}

// wraps reports whether a function returns the client or module that it is called with.
func wraps(function string) bool {
	return slices.Contains([]string{"captureAWS", "captureAWSClient", "captureAWSv3Client"}, function)
}

// create evaluates boto3.client("s3") and methods of a session.
func (c *calls) create(method string, of owner, e *code.Expr, sc *scope) []object {
	name := argument(e, "service_name", 0)
	var text string
	if name != nil {
		text, _ = c.text(name, sc)
	}
	s, ok := serviceByName(text)
	if !ok {
		if !c.isGiven(name, sc) {
			c.unclear[e] = true
		}
		return nil
	}
	if of == ofRole {
		of = pythonOwner(e, hasEndpoints(s))
	}
	kind := isClient
	if method == "resource" {
		kind = isResource
	}
	c.services[s.prefix] = true
	return []object{{kind: kind, service: s, owner: of, made: e}}
}

// isGiven reports whether an expression is a parameter that the calls of the function determine, each by itself.
func (c *calls) isGiven(e *code.Expr, sc *scope) bool {
	if e == nil || e.Kind != code.Name || sc.function == code.Module || sc.call != nil {
		return false
	}
	f := &sc.m.code.Functions[sc.function]
	return slices.Contains(f.Parameters, e.Text) && len(c.sites[f.Name]) > 0
}

// hasEndpoints reports whether clients of a service need the endpoint of the account or of an API. The endpoint of another service may not be at AWS.
func hasEndpoints(s service) bool {
	return s.name == "apigatewaymanagementapi" || s.name == "iot-data" || s.name == "mediaconvert"
}

// pythonOwner returns whose credentials the arguments of a client or session set. anyEndpoint: it may set an endpoint, too.
func pythonOwner(e *code.Expr, anyEndpoint bool) owner {
	of := ofRole
	for i := range e.Items[1:] {
		key := ""
		if i+1 < len(e.Keys) {
			key = e.Keys[i+1]
		}
		switch {
		case key == "aws_access_key_id" || key == "aws_session_token" || key == "profile_name" || key == "botocore_session":
			return ofOthers
		case key == "endpoint_url" && !anyEndpoint || e.Items[i+1].Kind == code.Spread:
			of = ofUnknown
		}
	}
	return of
}

// scriptOwner returns whose credentials the options of a client set.
func (c *calls) scriptOwner(s service, e *code.Expr, sc *scope) owner {
	if len(e.Items) < 2 { //nolint:mnd // the class and the options
		return ofRole
	}
	options := c.eval(e.Items[1], sc)
	if len(options) != 1 || options[0].kind != isLiteral {
		return ofUnknown
	}
	of := ofRole
	for _, key := range options[0].expr.Keys {
		switch key {
		case "credentials", "accessKeyId", "profile", "credentialDefaultProvider":
			return ofOthers
		case "endpoint":
			if !hasEndpoints(s) {
				of = ofUnknown
			}
		case "", "signer":
			of = ofUnknown
		}
	}
	return of
}

// modular evaluates version 3 of the SDK for JavaScript: clients and commands.
func (c *calls) modular(name string, e *code.Expr, sc *scope) []object {
	module, member, _ := strings.Cut(strings.TrimPrefix(name, "@aws-sdk/client-"), ".")
	s, ok := serviceByID(module)
	if !ok || e.Kind != code.New {
		if e.Kind == code.New {
			c.unclear[e] = true
		}
		return nil
	}
	if operation, isOperation := strings.CutSuffix(member, "Command"); isOperation {
		return []object{{kind: isCommand, name: operation, service: s, input: argument(e, "", 0), scope: sc}}
	}
	if strings.Contains(member, "Exception") || strings.Contains(member, "Error") {
		return nil
	}
	c.services[s.prefix] = true
	return []object{{kind: isClient, service: s, owner: c.scriptOwner(s, e, sc), made: e}}
}

// documentOf evaluates the document client of version 3.
func (c *calls) documentOf(member string, e *code.Expr, sc *scope) []object {
	s, _ := serviceByName("dynamodb")
	if operation, ok := strings.CutSuffix(member, "Command"); ok && e.Kind == code.New {
		name := strings.ToLower(operation[:1]) + operation[1:]
		if of := document(name); of != "" {
			return []object{{kind: isCommand, name: of, service: s, input: argument(e, "", 0), scope: sc}}
		}
		return nil
	}
	if member != "DynamoDBDocumentClient.from" && member != "DynamoDBDocument.from" || len(e.Items) < 2 { //nolint:mnd // the function and the client
		return nil
	}
	of := ofUnknown
	for _, client := range c.eval(e.Items[1], sc) {
		of = client.owner
	}
	return []object{{kind: isDocument, service: s, owner: of, made: e}}
}

// version2 evaluates version 2 of the SDK for JavaScript: aws-sdk.S3, aws-sdk/clients/s3, aws-sdk/clients/s3.S3.
func (c *calls) version2(name string, e *code.Expr, sc *scope) []object {
	if e.Kind != code.New {
		return nil
	}
	class := strings.TrimPrefix(strings.TrimPrefix(name, "aws-sdk/clients/"), "aws-sdk.")
	class, member, _ := strings.Cut(class, ".")
	if strings.EqualFold(class, member) {
		member = ""
	}
	s, ok := serviceByID(class)
	switch {
	case !ok:
		c.unclear[e] = true
		return nil
	case s.name == "dynamodb" && member == "DocumentClient":
		c.services[s.prefix] = true
		return []object{{kind: isDocument, service: s, owner: c.scriptOwner(s, e, sc), made: e}}
	case member != "":
		return nil
	}
	c.services[s.prefix] = true
	return []object{{kind: isClient, service: s, owner: c.scriptOwner(s, e, sc), made: e}}
}

// result evaluates the result of a method.
func (c *calls) result(base object, method string, e *code.Expr, sc *scope) []object {
	switch base.kind { //nolint:exhaustive // others return nothing of interest
	case isSession:
		if method == "client" || method == "resource" || method == "create_client" {
			if method == "create_client" {
				method = "client"
			}
			return c.create(method, base.owner, e, sc)
		}
	case isResource:
		return part(base, method, e, sc)
	case isModule:
		if wraps(method) && len(e.Items) > 1 {
			return c.eval(e.Items[1], sc)
		}
	}
	if wraps(method) && len(e.Items) > 1 {
		return c.eval(e.Items[1], sc)
	}
	return nil
}

// part evaluates a method of a boto3 resource that returns another one.
func part(base object, method string, e *code.Expr, sc *scope) []object {
	part := base
	part.scope, part.made = sc, e
	switch {
	case base.name == "" && isEntity(base.service.name, method):
		part.name, part.input = method, argument(e, map[string]string{"Bucket": "name", "Object": "bucket_name", "Table": "name", "Queue": "url", "Topic": "arn"}[method], 0)
		return []object{part}
	case collectionOf(base.name).lists != "" && isPart(method):
		return []object{part}
	case base.name == "" && method == "get_queue_by_name":
		part.name, part.input = "Queue", argument(e, "QueueName", 0)
		return []object{part}
	case base.name == "Bucket" && method == "Object":
		part.name, part.input, part.scope = "Object", base.input, base.scope
		return []object{part}
	case base.name == "Table" && method == "batch_writer":
		part.name = "batch"
		return []object{part}
	}
	return nil
}

// text returns the text of an expression, or the name of the environment variable that it is read from.
func (c *calls) text(e *code.Expr, sc *scope) (literal, variable string) {
	if e == nil || sc == nil || !c.enter() {
		return "", ""
	}
	defer c.leave()
	if e.Kind == code.String {
		return e.Text, ""
	}
	if name, ok := variableOf(e, sc); ok {
		return "", name
	}
	switch e.Kind { //nolint:exhaustive // others have no text that is known
	case code.Name:
		return c.textOfName(e.Text, sc)
	case code.Choice:
		if len(e.Items) > 0 {
			return c.text(e.Items[0], sc)
		}
	case code.Member:
		return c.textOfMember(e, sc)
	case code.Call:
		return c.goText(e, sc)
	}
	return "", ""
}

// textOfMember returns the text of an attribute of the instance that is assigned once.
func (c *calls) textOfMember(e *code.Expr, sc *scope) (literal, variable string) {
	if base := e.Items[0]; base.Kind != code.Name || !sc.m.isSelf(sc.function, base.Text) {
		if sc.m.code.Language == code.Go {
			return c.goTextOfMember(e, sc)
		}
		return "", ""
	}
	if list := sc.m.members[sc.m.classOf(sc.function)][e.Text]; len(list) == 1 {
		return c.text(list[0].value, sc.in(list[0].function))
	}
	return "", ""
}

// textOfName returns the text of a name that is assigned once.
func (c *calls) textOfName(name string, sc *scope) (literal, variable string) {
	m := sc.m
	for f := sc.function; ; f = m.code.Functions[f].Parent {
		if list := m.assigned[f][name]; len(list) > 0 {
			if len(list) > 1 {
				return "", ""
			}
			from := sc.in(f)
			if f == sc.function {
				from = sc
			}
			return c.textAssigned(list[0], from)
		}
		if f == code.Module {
			break
		}
		if i := slices.Index(m.code.Functions[f].Parameters, name); i >= 0 {
			return c.textOfParameter(f, i, name, sc)
		}
	}
	if i, ok := m.imports[name]; ok {
		for _, file := range c.localFiles(m.module, i) {
			if other := c.names[c.byPath[file]]; other != nil && i.Name != "" && i.Name != "*" {
				return c.text(&code.Expr{Kind: code.Name, Text: i.Name}, other.scope(code.Module))
			}
		}
	}
	return c.goTextOfSibling(name, m)
}

// textAssigned returns the text that a name is assigned. const { TABLE } = process.env reads a variable.
func (c *calls) textAssigned(a assignment, from *scope) (literal, variable string) {
	if a.property == "" {
		return c.text(a.value, from)
	}
	if path, _ := a.value.Path(); path == "process.env" {
		return "", a.property
	}
	return "", ""
}

// textOfParameter returns the text of a parameter by the call of its function, or by the only call.
func (c *calls) textOfParameter(f, position int, name string, sc *scope) (literal, variable string) {
	if sc.function == f && sc.call != nil {
		if sc.bound {
			position--
		}
		return c.text(argument(sc.call, name, position), sc.caller)
	}
	fn := &sc.m.code.Functions[f]
	if fn.Class != code.Module && sc.m.code.Language == code.Python {
		position--
	}
	if sites := c.sites[fn.Name]; len(sites) == 1 && !isConstructor(fn.Name) {
		return c.text(argument(sites[0].call, name, position), sites[0].scope)
	}
	return "", ""
}

// variableOf returns the environment variable that an expression reads.
func variableOf(e *code.Expr, sc *scope) (string, bool) {
	switch e.Kind { //nolint:exhaustive // others read none
	case code.Member:
		if base, _ := e.Items[0].Path(); base == "process.env" {
			return e.Text, true
		}
	case code.Index:
		base, _ := e.Items[0].Path()
		if len(e.Items) > 1 && e.Items[1].Kind == code.String && (base == "process.env" || isEnviron(base, sc.m)) {
			return e.Items[1].Text, true
		}
	case code.Call:
		if name, isGet := gets(e, sc.m); isGet && name != nil && name.Kind == code.String {
			return name.Text, true
		}
	}
	return "", false
}

// isEnviron reports whether a path is os.environ.
func isEnviron(name string, m *names) bool {
	i, ok := m.imports[name]
	return name == "os.environ" || ok && i.Module == "os" && i.Name == "environ"
}

// isQuiet reports whether a package of others calls no AWS service with the role of the function by itself. It is false for
// what is not listed.
func isQuiet(name string, language code.Language) bool {
	switch language { //nolint:exhaustive // the others are JavaScript and TypeScript
	case code.Python:
		return isListed(pythonModules, name)
	case code.Go:
		return isQuietInGo(name)
	}
	return isListed(nodeModules, name) || strings.HasPrefix(name, "@aws-sdk/client-") || strings.HasPrefix(name, "@types/")
}

// isListed reports whether a name is one of the words of a list. It is asked for each import, so it does not split the list.
func isListed(list, name string) bool {
	for word := range strings.FieldsSeq(list) {
		if word == name {
			return true
		}
	}
	return false
}

// pythonModules are modules of Python's standard library that functions use, the SDKs, and widely used packages.
// https://docs.python.org/3/py-modindex.html
const pythonModules = `
	__future__ abc argparse array ast asyncio atexit base64 binascii bisect builtins bz2 calendar cmath codecs collections colorsys
	concurrent configparser contextlib contextvars copy copyreg csv dataclasses datetime decimal difflib email enum errno faulthandler
	fnmatch fractions functools gc getpass gettext glob gzip hashlib heapq hmac html http imghdr imp importlib inspect io ipaddress
	itertools json keyword locale logging lzma math mimetypes multiprocessing numbers operator os pathlib pickle platform pprint queue
	quopri random re reprlib resource secrets select shelve shlex shutil signal smtplib socket sqlite3 ssl stat statistics string
	struct subprocess sys sysconfig tarfile tempfile textwrap threading time timeit tokenize traceback types typing unicodedata unittest
	urllib uuid warnings weakref xml xmlrpc zipfile zlib zoneinfo
	boto3 botocore aioboto3 aiobotocore mypy_boto3 mypy_boto3_s3 mypy_boto3_dynamodb aws_lambda_powertools aws_xray_sdk aws_lambda_typing cfnresponse jmespath s3transfer
	attr attrs bs4 cachetools certifi chardet cryptography dateutil dotenv faker feedparser httpx idna jinja2 jose jsonschema jwt lxml markdown markupsafe
	numpy PIL psycopg2 pydantic pymysql pyparsing pytz pynamodb_attributes regex requests simplejson six structlog tabulate tenacity tweepy typing_extensions
	ujson urllib3 xmltodict yaml
	aiohttp arrow authlib aws_embedded_metrics backoff bcrypt cerberus click colorama croniter cv2 dateparser deepdiff deepmerge docx emoji fastapi fitz
	flask google googleapiclient holidays httplib2 isodate itsdangerous jsonpatch jsonpath_ng langdetect ldap3 loguru mangum marshmallow matplotlib
	msgpack mysql nacl netaddr nltk oauthlib openpyxl orjson paramiko passlib pendulum pg8000 phonenumbers psycopg pydash pymongo pypdf pythonjsonlogger
	qrcode redis reportlab requests_oauthlib retrying rsa shapely slack slack_sdk slugify sqlalchemy starlette stripe tomli tqdm twilio tzlocal voluptuous
	websocket websockets xlsxwriter Crypto OpenSSL PyPDF2`

// nodeModules are modules of Node.js, the SDKs, and widely used packages.
// https://nodejs.org/api/modules.html#built-in-modules
const nodeModules = `
	assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https
	inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder timers tls tty url util v8
	vm worker_threads zlib fs/promises
	aws-sdk @aws-sdk/lib-dynamodb @aws-sdk/lib-storage @aws-sdk/util-dynamodb @aws-sdk/s3-request-presigner @aws-sdk/s3-presigned-post @smithy/node-http-handler
	@aws-lambda-powertools/logger @aws-lambda-powertools/tracer @aws-lambda-powertools/metrics @aws-lambda-powertools/commons @aws-lambda-powertools/parameters
	@middy/core @middy/http-json-body-parser @middy/http-error-handler @middy/validator aws-xray-sdk aws-xray-sdk-core aws-lambda
	ajv axios cfn-response crypto-js csv-parse date-fns dayjs express got jimp joi js-yaml jsonwebtoken jszip lodash luxon moment nanoid node-fetch
	pg mysql2 querystring serverless-http sharp source-map-support ulid undici uuid xml2js yup zod
	@middy/do-not-wait-for-empty-event-loop @middy/event-normalizer @middy/http-cors @middy/http-event-normalizer @middy/http-header-normalizer
	@middy/http-security-headers @middy/input-output-logger @octokit/rest @sendgrid/mail @slack/web-api @slack/webhook @aws-lambda-powertools/batch adm-zip
	archiver async async-retry aws-embedded-metrics aws-jwt-verify aws-serverless-express @vendia/serverless-express axios-retry bcrypt bcryptjs bluebird
	body-parser bunyan chalk cheerio class-transformer class-validator cookie cors csv-stringify debug dotenv ejs exceljs fast-xml-parser file-type
	follow-redirects form-data graphql handlebars helmet html-to-text immer ioredis jose jsdom jwk-to-pem jwks-rsa knex lambda-log lru-cache mammoth
	marked mime mime-types mongodb mongoose morgan mustache needle nodemailer p-limit p-map p-queue p-retry papaparse pdf-lib pdf-parse pdfkit pino
	pug qs querystringify ramda redis reflect-metadata request request-promise rxjs semver sequelize shortid stripe superagent superstruct twilio
	node-uuid sbd sentence-splitter underscore unzipper url-join uuidv4 validator winston xlsx xmldom`

// isOwnClient reports whether an import is a client of AWS that is not one of the SDKs.
func isOwnClient(m *module, i code.Import) bool {
	name := packageOf(m, i)
	return name != "" && !isQuiet(name, m.code.Language) || strings.HasPrefix(i.Module, "botocore.auth") || path.Base(i.Module) == "signature-v4"
}
