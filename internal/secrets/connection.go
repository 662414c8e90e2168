package secrets

import (
	"regexp"
	"strings"
)

// A connection is the syntax that a family of database drivers has for credentials.
type connection struct {
	marker   string                // occurs in every text with the syntax, in small letters
	context  func() *regexp.Regexp // also occurs: what to connect to, or as whom; nil: password has it
	password func() *regexp.Regexp // the first group is the password
}

// passwordKeys are the keys of passwords in connection strings.
const passwordKeys = `(?:password|passwd|pwd|pass)`

// connections are the syntaxes of connection strings, apart from URLs with user information.
var connections = []connection{ //nolint:gochecknoglobals // a table, never written
	{ // ADO.NET, ODBC, Azure: https://learn.microsoft.com/en-us/dotnet/framework/data/adonet/connection-string-syntax
		";",
		lazily(`(?i)(?:^|[;?])\s*(?:server|data source|address|addr|host|hostname|endpoint|accountendpoint|defaultendpointsprotocol|database|databasename|dbname|dbq|dsn|initial catalog|user|user id|userid|username|uid|accountname)\s*=[^;"']+;|^jdbc:`),
		lazily(`(?i)(?:^|[;?:])\s*(?:` + passwordKeys + `|accountkey|sharedaccesskey|sharedsecretvalue)\s*=\s*\{?([^;"'\s}]+)`),
	},
	{ // libpq: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE
		"=",
		lazily(`(?:^|\s)(?:host|hostaddr|dbname|user|port)\s*=\s*'?[^\s']+`),
		lazily(`(?:^|\s)password\s*=\s*'?([^\s'"]+)`),
	},
	{ // JDBC and others with parameters of a URL: https://jdbc.postgresql.org/documentation/use/
		"://", nil,
		lazily(`(?i)\b[a-z][a-z0-9+.:-]*://[^\s"']*[?&]` + passwordKeys + `=([^&;\s"']+)`),
	},
	{ // Db2: https://www.ibm.com/docs/en/db2/11.5?topic=cdsudidsdjs-url-format-data-server-driver-jdbc-sqlj-type-4-connectivity
		"jdbc:", nil,
		lazily(`(?i)^jdbc:[^\s"']*[:;?&]` + passwordKeys + `=([^&;\s"']+)`),
	},
	{ // Oracle: https://docs.oracle.com/en/database/oracle/oracle-database/23/jjdbc/data-sources-and-URLs.html
		"@", nil,
		lazily(`(?i)(?:^jdbc:oracle:(?:thin|oci8?):|^)[a-z][\w$#]*/([^@/\s"':]+)@(?://)?(?:[\w.-]+|\$\{\}):[0-9]{2,5}(?:[:/]|$)`),
	},
	{ // Go drivers: https://github.com/go-sql-driver/mysql#dsn-data-source-name
		"@", nil,
		lazily(`(?i)(?:^|["'\s=])[^\s:@/"']+:([^@/\s"']+)@(?:tcp6?|udp|unix|cloudsql)\(`),
	},
	{ // StackExchange.Redis: https://stackexchange.github.io/StackExchange.Redis/Configuration
		",", nil,
		lazily(`(?i)^[^\s"'=]+:[0-9]{2,5}(?:,[^\s"']*)?,\s*password=([^,\s"']+)`),
	},
}

// hasConnection reports whether a text is a connection string with a password.
func hasConnection(text string) bool {
	lower := ""
	for i := range connections {
		c := &connections[i]
		if !strings.ContainsAny(text, "=@") {
			return false
		}
		if lower == "" {
			lower = strings.ToLower(text)
		}
		if strings.Contains(lower, c.marker) && hasPassword(c.password, text) && (c.context == nil || c.context().MatchString(text)) {
			return true
		}
	}
	return false
}
