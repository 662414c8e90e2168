package secrets

import (
	"encoding/base64"
	"math"
	"strings"
	"testing"
	"time"

	"lintel/internal/cputime/cputimetest"
)

// spell joins the parts of a token, so that secret scanners do not flag this file.
func spell(parts ...string) string { return strings.Join(parts, "") }

func encode(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

func TestShape(t *testing.T) {
	key := "-----BEGIN RSA " + "PRIVATE KEY-----\n" + strings.Repeat("MIIEpAIBAAKCAQEA7bq2", 6) + "\n-----END RSA PRIVATE KEY-----"
	for _, tt := range []struct{ name, text, want string }{
		{"X", spell("ghp", "_", "k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo"), "github-pat"},
		{"X", spell("xoxb", "-", "263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1"), "slack-bot-token"},
		{"X", spell("sk_", "live_", "4eC39HqLyjWDarjtT1zdp7dc"), "stripe-access-token"},
		{"X", spell("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", ".", "eyJzdWIiOiI5ODcyMyIsIm5hbWUiOiJBbm5lIn0", ".", "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"), "jwt"},
		{"X", key, "private-key"},
		{"X", spell("https://hooks.slack", ".com/services/", "T0AB1CD2E/B0FG3HI4J/k5lMn6oPq7rSt8uVw9xYz0aB"), "slack-webhook-url"},
		{"DATADOG_API_KEY", "7c1e5a9d3f8b2064e7d1c9a5b3f80426", ""},
		{"MAILGUN_KEY", spell("key-", "7c1e5a9d3f8b2064e7d1c9a5b3f80426"), "mailgun-private-api-token"},
		{"HEROKU_APP_ID", "12f1c8a2-5d0b-4b8e-9f0a-3c2d1e0f9a8b", ""},
		{"DB", "postgres://app:hunter2pass@db.internal:5432/orders", "url-password"},
		{"DB", "mysql://${}:s3cretpw@${}/orders", "url-password"},
		{"DB", "postgres://app:${}@db/orders", ""},
		{"DB", "postgres://user:password123example@db/orders", ""},
		{"DB", "postgres://localhost:5432/orders", ""},
		{"DB", "https://example.com/a:b@c", ""},
		{"DB", "Server=db;User Id=sa;Password=Tr0ub4dor&3;", "connection-string"},
		{"DB", "Server=db;User Id=sa;Password=${};", ""},
		{"DB", "Driver={ODBC Driver 18 for SQL Server};Server=db;UID=app;PWD={Tr0ub4dor3}", "connection-string"},
		{"DB", "AccountEndpoint=https://orders.documents.azure.com/;AccountKey=Zk93nQ8x81Lp77aa==", "connection-string"},
		{"DB", "host=db.internal port=5432 dbname=orders user=app password=hunter2pass sslmode=require", "connection-string"},
		{"DB", "host=db.internal user=app password=${}", ""},
		{"DB", "jdbc:postgresql://db:5432/orders?user=app&password=hunter2pass", "connection-string"},
		{"DB", "jdbc:sqlserver://db:1433;databaseName=orders;user=app;password=hunter2pass", "connection-string"},
		{"DB", "jdbc:db2://db:50000/ORDERS:user=app;password=hunter2pass;", "connection-string"},
		{"DB", "jdbc:oracle:thin:app/hunter2pass@//db:1521/orders", "connection-string"},
		{"DB", "jdbc:oracle:thin:@//db:1521/orders", ""},
		{"DB", "app/hunter2pass@db.internal:1521/orders", "connection-string"},
		{"DB", "app:hunter2pass@tcp(db.internal:3306)/orders?parseTime=true", "connection-string"},
		{"DB", "app:${}@tcp(db.internal:3306)/orders", ""},
		{"DB", "cache.internal:6379,password=hunter2pass,ssl=True", "connection-string"},
		{"DB", "clickhouse://db:9000?username=app&password=hunter2pass", "connection-string"},
		{"DB", "redis://:hunter2pass@cache:6379/0", "url-password"},
		{"DB", "jdbc:postgresql://db:5432/orders?user=app", ""},
		{"URL", "https://example.com/reset?password=true", ""},
		{"X", encode(key), "private-key"},
		{"X", "pem: " + encode(key), "private-key"},
		{"X", encode(spell("ghp", "_", "k2T9xLw0QzR7vBn3MdYc5HsGf8JpUa1Ei6Xo")), "github-pat"},
		{"X", encode("postgres://app:hunter2pass@db.internal:5432/orders"), "url-password"},
		{"X", encode("postgres://db.internal:5432/orders and some other text"), ""},
		{"X", "iVBORw0KGgoAAQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8wMTIz", ""},
		{"X", "Basic " + encode("app:hunter2pass"), "basic-auth"},
		{"X", "Authorization: Basic " + encode("app:hunter2pass"), "basic-auth"},
		{"X", "Basic " + encode("username:password"), ""},
		{"X", "Basic authentication", ""},
		{"X", spell("ghp", "_", "k2T9tbdLwTodo7vBn3MdYc5HsGf8JpUa1Ei6"), "github-pat"},
		{"X", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:github_pat_token-AbCdEf", ""},
		{"X", spell("ghp", "_", strings.Repeat("x", 36)), ""},
		{"X", "", ""},
	} {
		if got := Shape(tt.name, tt.text); got != tt.want {
			t.Errorf("Shape(%q, %q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestNamed(t *testing.T) {
	for name, want := range map[string]bool{
		"DB_PASSWORD": true, "dbPassword": true, "PASSWORD_PROD": true, "API_KEY": true, "apiKey": true, "StripeApiKey": true,
		"JWT_SECRET": true, "CLIENT_SECRET": true, "TOKEN": true, "slack-token": true, "ENCRYPTION_KEY": true, "DB_PASS": true,
		"GITHUBTOKEN": true, "DBPASSWORD": true, "dbpass": true, "STRIPEAPIKEY": true, "JWTSECRET": true, "smtppwd": true,
		"AUTHTOKENS": true, "ACCOUNT_ALIAS": false, "SECRET_ALIASES": false, "OVERPASS": false, "MONKEY": false, "GITHUBTOKEN_ARN": false,
		"APIKey2": true, "BASIC_AUTH": true, "SECRET_V2": true,
		"SECRET_NAME": false, "SECRET_ARN": false, "DB_PASSWORD_PARAMETER": false, "TOKEN_TTL": false, "TABLE_KEY": false,
		"PARTITION_KEY": false, "SECRETS_MANAGER": false, "AUTH": false, "KEY": false, "PASS_THROUGH": false, "BYPASS": false,
		"PASSWORD_LENGTH": false, "TOKEN_ENDPOINT": false, "AUTH_TOKEN_HEADER": false, "COMPASS": false, "": false, "__": false,
		"API_KEY_ID": false, "TokenUrl": false, "S3_KEY": false, "SECRET_MANAGER_SECRET_ID": false, "RESET_PASSWORD_ROUTE": false, "IPV_PUBLIC_ENCRYPTION_KEY": false, "PUBLIC_API_SECRET": true, "PasswordResetPage": false, "TOKEN_ROUTES": false,
	} {
		if got := Named(name); got != want {
			t.Errorf("Named(%q) = %v", name, got)
		}
	}
}

func TestPlausible(t *testing.T) {
	for _, tt := range []struct {
		name, value string
		want        bool
	}{
		{"DB_PASSWORD", "correcthorsebattery", true},
		{"DB_PASSWORD", "S3cur3!pw", true},
		{"DB_PASSWORD", "k2T9tbdLwTodo7vBn3", true}, // by chance
		{"DB_PASSWORD", "todo-tbd", false},
		{"DB_PASSWORD", "postgres", true},
		{"DB_PASSWORD", "correct horse battery staple", true},
		{"DB_PASSWORD", "correct-horse-battery-staple", true},
		{"DB_PASSWORD", "the password of the database", false},
		{"API_KEY", "correct horse battery staple", false},
		{"DB_PASSWORD", "AQICAH" + strings.Repeat("iCtw7ufxpQOb7wfsI0fw", 8), false},
		{"API_KEY", "AQECAH" + strings.Repeat("iCtw7ufxpQOb7wfsI0fw", 8), false},
		{"DB_PASSWORD", "prod/db-password", false},
		{"DB_PASSWORD", "/prod/db/pw", false},
		{"DB_PASSWORD", "changeme", false},
		{"DB_PASSWORD", "CHANGE_ME", false},
		{"DB_PASSWORD", "your-password-goes-in", false},
		{"DB_PASSWORD", "{{resolve:ssm:db-password}}", false},
		{"DB_PASSWORD", "${DbPassword}", false},
		{"DB_PASSWORD", "<password>", false},
		{"DB_PASSWORD", "true", false},
		{"DB_PASSWORD", "123456789", false},
		{"DB_PASSWORD", "pw", false},
		{"DB_PASSWORD", "********", false},
		{"API_KEY", "7c1e5a9d3f8b2064e7d1c9a5b3f80426", true},
		{"API_KEY", "Zk93nQ-x81Lp_77aa", true},
		{"API_KEY", "my-api-key", false},
		{"API_KEY", "orders-api-v2", false},
		{"API_KEY", "customerOrders", false},
		{"API_KEY", "12f1c8a2-5d0b-4b8e-9f0a-3c2d1e0f9a8b", false},
		{"API_KEY", "3b18e512dba79e4c8300dd08aeb37f8e728b8dad", false},
		{"API_KEY", "arn:aws:secretsmanager:eu-west-1:210987654321:secret:k-AbCdEf", false},
		{"API_KEY", "https://vault.internal/v1/kv7", false},
		{"TOKEN", "eu-west-1_Ab3dEfGh1", false},
		{"TOKEN", "RS256", false},
		{"TOKEN", "HS256-2024", false},
		{"TOKEN", "ops@example-corp.com", false},
		{"TOKEN", "idp7.example-corp.com", false},
		{"TOKEN", "process.env.TOKEN_7a", false},
		{"ENCRYPTION_KEY", "alias/orders-key1", false},
		{"JWT_SECRET", "9fJ2kd83HHsl20vm", true},
		{"SECRET", "AKIAIOSFODNN7EXAMPLE", false},
		{"SECRET", "subnet-0a1b2c3d4e5f67890", false},
	} {
		if got := Plausible(tt.name, tt.value); got != tt.want {
			t.Errorf("Plausible(%q, %q) = %v", tt.name, tt.value, got)
		}
	}
}

func TestAssigned(t *testing.T) {
	for text, want := range map[string]string{
		`const password = "hunter2pass"`:                          "password",
		`{"db": {"user": "app", "password": "hunter2pass"}}`:      "password",
		`headers['x-api-key'] = 'Zk93nQ8x81Lp77aa'`:               "x-api-key",
		`DB_PASSWORD: 'hunter2pass'`:                              "DB_PASSWORD",
		`password = os.environ["DB_PASSWORD"]`:                    "",
		`password = process.env.DB_PASSWORD`:                      "",
		`password = get_secret("prod/db-password")`:               "",
		`token = "<your token>"`:                                  "",
		`secret_name = "prod-orders-db7"`:                         "",
		`api_key="${}"`:                                           "",
		`print("the password: 'hunter2'")`:                        "password",
		`if password == "hunter2pass":`:                           "",
		`{\"token\": \"Zk93nQ8x81Lp77aa\"}`:                       "token",
		`const AWS = require("aws-sdk"); const token = event.x7;`: "",
	} {
		if got := Assigned(text); got != want {
			t.Errorf("Assigned(%s) = %q, want %q", text, got, want)
		}
	}
}

func TestEntropy(t *testing.T) {
	for text, want := range map[string]float64{"": 0, "aaaa": 0, "abab": 1, "abcdefgh": 3, "éééé": 0} {
		if got := entropy(text); math.Abs(got-want) > 1e-9 {
			t.Errorf("entropy(%q) = %v, want %v", text, got, want)
		}
	}
}

// TestDetectors validates the file: a missing column or invalid form would disable a detector.
func TestDetectors(t *testing.T) {
	lines := 0
	for line := range strings.Lines(detectorsText) {
		if !strings.HasPrefix(line, "#") {
			lines++
		}
	}
	all := detectors()
	if len(all) != lines || lines < 100 {
		t.Errorf("%d detectors in %d lines", len(all), lines)
	}
	for _, d := range all {
		if d.form() == nil || len(d.keywords) == 0 || d.group > d.form().NumSubexp() {
			t.Errorf("%s: cannot work", d.id)
		}
	}
}

func BenchmarkShape(b *testing.B) {
	for b.Loop() {
		Shape("TABLE_NAME", "orders-production-eu-west-1")
	}
}

func BenchmarkShapeOfCode(b *testing.B) {
	code := strings.Repeat("exports.handler = async (event) => { console.log(event.key, process.env.TOKEN) }\n", 50)
	for b.Loop() {
		Shape("", code)
		Assigned(code)
	}
}

func FuzzSecrets(f *testing.F) {
	f.Add("DB_PASSWORD", "postgres://app:hunter2@db")
	f.Add("", "\xff")
	f.Fuzz(func(t *testing.T, name, text string) {
		Shape(name, text)
		if Assigned(text) != "" && !strings.ContainsAny(text, `"'`) {
			t.Error("assigned without a text")
		}
		Plausible(name, text)
	})
}

func TestFind(t *testing.T) {
	id := spell("AKIA", "J7RWQ2LXN5TB4KZD")
	secret := spell("k9Qw3ErT7yUi1OpA", "5sDf8GhJ2kLz6XcV4bNm0qWe")
	for _, tt := range []struct {
		what string
		got  Secret
		want Secret
	}{
		{"key id", InSetting("X", id, false), Secret{Form: AWSKeyID}},
		{"key id in a URL", InSetting("X", "https://"+id+"@example.com", false), Secret{Form: AWSKeyID}},
		{"example", InSetting("X", "AKIAIOSFODNN7EXAMPLE", false), Secret{}},
		{"key id with a word", InSetting("X", spell("AKIA", "QTODOTBDXXXXB4KZ"), false), Secret{Form: AWSKeyID}},
		{"key id without a digit", InSetting("X", spell("ASIA", "RJWQLXNTBKZDPMVC"), false), Secret{Form: AWSKeyID}},
		{"key id in Base64", InSetting("X", encode("aws_access_key_id="+id), false), Secret{Form: AWSKeyID}},
		{"key id of one letter", InSetting("X", spell("AKIA", "XXXXXXXXXXXXXXXX"), false), Secret{}},
		{"key id of digits", InSetting("X", spell("AKIA", "1234567890ABCDEF"), false), Secret{}},
		{"region in capitals", InSetting("X", "ASIAPACIFICNORTHEAST", false), Secret{}},
		{"document in Base64", InSetting("CONFIG", encode(`{"password":"hunter2pass"}`), false), Secret{Name: "password"}},
		{"word in capitals", InSetting("X", "AKIAABCDEFGHIJKLMNOP", false), Secret{}},
		{"role id", InSetting("X", "AROAJ7RWQ2LXN5TB4KZD", false), Secret{}},
		{"secret key by name", InSetting("AWS_SECRET_KEY", secret, false), Secret{Form: AWSSecretKey}},
		{"secret key by neighbour", InSetting("X", secret, true), Secret{Form: AWSSecretKey}},
		{"40 characters alone", InSetting("X", secret, false), Secret{}},
		{"40 characters of a bucket", InSetting("SECRET", "my-bucket-with-a-rather-long-name-0123456", false), Secret{}},
		{"git commit", InSetting("SECRET_KEY", "0123456789abcdef0123456789abcdef01234567", true), Secret{}},
		{"by name", InSetting("DB_PASSWORD", "hunter2pass", false), Secret{Name: "DB_PASSWORD"}},
		{"a hole", InSetting("DB_PASSWORD", "hunter2"+Hole, false), Secret{}},
		{"JSON in a setting", InSetting("CONFIG", `{"password":"hunter2pass"}`, false), Secret{Name: "password"}},
		{"prose", InProse("password: 'hunter2pass'"), Secret{}},
		{"temporary key", InProse(spell("ASIA", "RJWQLXNTBKZDPMVC")), Secret{Form: AWSKeyID}},
		{"presigned URL", InProse("https://a.example/b?AWSAccessKeyId=" + spell("ASIA", "RJWQLXNTBKZDPMVC") + "&Signature=x"), Secret{}},
		{"URL signed with the key of a user", InProse("https://a.example/b?AWSAccessKeyId=" + spell("AKIA", "RJWQLXNTBKZDPMVC") + "&Signature=x"), Secret{Form: AWSKeyID}},
		{"code", InText(`password = "hunter2pass"`), Secret{Name: "password"}},
		{"code that asks", InText(`password = os.environ["DB_PASSWORD"]`), Secret{}},
		{"secret key in code", InText(`aws_secret_access_key="` + secret + `"`), Secret{Form: AWSSecretKey}},
		{"plain secret", InSecret("hunter2pass"), Secret{Name: "value"}},
		{"document", InSecret(`{"username":"app","password":"hunter2pass"}`), Secret{Name: "password"}},
		{"document without", InSecret(`{"username":"app","password":"` + Hole + `"}`), Secret{}},
		{"placeholder", InSecret("CHANGE_ME"), Secret{}},
		{"nothing", InSecret(""), Secret{}},
	} {
		if tt.got != tt.want {
			t.Errorf("%s: %+v, want %+v", tt.what, tt.got, tt.want)
		}
	}
}

func TestExampleKey(t *testing.T) {
	for text, want := range map[string]string{
		"AKIAIOSFODNN7EXAMPLE":                     AWSKeyID,
		"ASIAIOSFODNN7EXAMPLE":                     AWSKeyID,
		"AKIAI44QH8DHBEXAMPLE":                     AWSKeyID,
		"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY": AWSSecretKey,
		"EXAMPLE":                         "",
		"example":                         "",
		spell("AKIA", "J7RWQ2LXN5TB4KZD"): "",
	} {
		if got := ExampleKey(text); got != want {
			t.Errorf("ExampleKey(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestLongLines masks texts that are made to take a time that grows with the square of their length.
func TestLongLines(t *testing.T) {
	for name, text := range map[string]string{
		"names on one line":         "a=",
		"opening braces":            "{a=",
		"names of secrets":          "key:",
		"values within values":      "key=a",
		"quotes":                    `key:"`,
		"both quotes":               `key:"key:'`,
		"escaped quotes":            `key:\"`,
		"blocks on one line":        "key:|",
		"blocks":                    "key: |\n",
		"heredocs":                  "key = <<A\n",
		"references":                "{{resolve:key:",
		"names of the value beside": "name: key value: x ",
		"URLs":                      "https://a:b",
		"tokens":                    "AKIA",
		"Base64":                    "aZ0_",
		"sensitive":                 "sensitive(\"",
		"private keys":              "PRIVATE KEY-----",
	} {
		took := func(n int) time.Duration {
			long := strings.Repeat(text, n/len(text))
			indented := strings.Repeat(" ", n/2) + strings.Repeat(text, n/2/len(text))
			watch := cputimetest.Start()
			Written(long)
			Written(indented)
			var m Mask
			m.Text(long)
			return watch.Took()
		}
		const n = 1 << 13
		took(n)
		if once, often := took(n), took(16*n); often > 60*once+time.Second { // 16 times if it is linear, 256 if it grows with the square
			t.Errorf("%s: %s, and %s for 16 times the text", name, once, often)
		}
	}
}

// FuzzMask checks that no text makes the masks panic or hang, that a masked text has as many lines as before, and that what
// is known is gone.
func FuzzMask(f *testing.F) {
	f.Add("db_password = \"hunter2pass\"\n", "hunter2pass")
	f.Add("a: |\n  b\nsecret: {{resolve:ssm:x}} token=<<EOT\nabc\nEOT\n", "abcdefgh")
	f.Add("https://user:pa%40ss@h?sig=abcdefgh\\\"key\\\":\\\"x\\\"", "p\\\"q\n")
	f.Add("name: DB_PASSWORD\nvalue: x y\nkey=key=key=", "\xff\xfe\xfd\xfc")
	f.Fuzz(func(t *testing.T, text, known string) {
		cputimetest.Limit(t, 2*time.Second)
		m := NewMask(append(Written(text), known))
		masked := m.Text(text)
		if strings.Count(masked, "\n") != strings.Count(text, "\n") {
			t.Errorf("%q becomes %q", text, masked)
		}
		if trimmed := strings.TrimSpace(known); len(trimmed) >= minimalWord && !ordinary(trimmed) && !onlyLetters(trimmed) && strings.Trim(trimmed, "*") != "" && strings.Contains(masked, trimmed) {
			t.Errorf("%q is still in %q", trimmed, masked)
		}
	})
}
