module lintel

go 1.26
