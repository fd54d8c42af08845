-- 不经检查、直接交给连接的语句，连接自己就要拒绝。一条一段，段与段之间空一行；首行写凭什么拒绝。
-- 会使数据库之外的程序卡住或崩溃的语句（一次造出几亿项的列表、几 GB 的文字、没有尽头的递归）不写在这里：
-- 检查不放行这些函数；漏网的由进程的内存上限和时限挡住，见 test_run.py。

-- 连接拒绝：只读
DELETE FROM figures

-- 连接拒绝：只读
DELETE FROM figures WHERE 1 = 0

-- 连接拒绝：只读
UPDATE figures SET amount_yuan = 0

-- 连接拒绝：只读
UPDATE documents SET title = title

-- 连接拒绝：只读
INSERT INTO documents (document_id) VALUES ('x')

-- 连接拒绝：只读
INSERT INTO figures SELECT * FROM figures WHERE 1 = 0

-- 连接拒绝：只读
INSERT OR REPLACE INTO documents (document_id) VALUES ('x')

-- 连接拒绝：只读
TRUNCATE figures

-- 连接拒绝：只读
DROP TABLE figures

-- 连接拒绝：只读
DROP TABLE IF EXISTS figures CASCADE

-- 连接拒绝：只读
DROP VIEW 支出总表

-- 连接拒绝：只读
DROP SCHEMA main

-- 连接拒绝：只读
CREATE TABLE t (x INTEGER)

-- 连接拒绝：只读
CREATE TABLE t AS SELECT 1 AS x

-- 连接拒绝：只读
CREATE OR REPLACE TABLE figures (x INTEGER)

-- 连接拒绝：只读
CREATE VIEW v AS SELECT 1 AS x

-- 连接拒绝：只读
CREATE OR REPLACE VIEW 支出总表 AS SELECT 1 AS x

-- 连接拒绝：只读
CREATE SCHEMA s

-- 连接拒绝：只读
CREATE SEQUENCE q

-- 连接拒绝：只读
CREATE INDEX i ON figures (row_id)

-- 连接拒绝：只读
CREATE MACRO f(x) AS x + 1

-- 连接拒绝：只读
CREATE FUNCTION f(x) AS x + 1

-- 连接拒绝：只读
CREATE TYPE 颜色 AS ENUM ('红')

-- 连接拒绝：只读
ALTER TABLE figures ADD COLUMN x INTEGER

-- 连接拒绝：只读
ALTER TABLE figures RENAME TO figuren

-- 连接拒绝：只读
ALTER VIEW 支出总表 RENAME TO 别的

-- 连接拒绝：只读
COMMENT ON TABLE figures IS '改了'

-- 连接拒绝：只读
COMMENT ON COLUMN 支出总表.合计 IS '改了'

-- 连接拒绝：只读
MERGE INTO documents USING documents AS d ON documents.document_id = d.document_id WHEN MATCHED THEN DELETE

-- 连接拒绝：不可碰文件
COPY figures TO 'x.csv'

-- 连接拒绝：不可碰文件
COPY (SELECT 1) TO 'x.parquet' (FORMAT parquet)

-- 连接拒绝：不可碰文件
COPY (SELECT 1) TO '/dev/null'

-- 连接拒绝：不可碰文件
COPY figures FROM 'x.csv'

-- 连接拒绝：不可碰文件
EXPORT DATABASE 'x'

-- 连接拒绝：不可碰文件
IMPORT DATABASE 'x'

-- 连接拒绝：不可碰文件
ATTACH 'x.duckdb' AS x

-- 连接拒绝：不可碰文件
ATTACH 'x.duckdb' AS x (READ_ONLY)

-- 连接拒绝：不装扩展
ATTACH 'x.db' AS x (TYPE sqlite)

-- 连接拒绝：不装扩展
ATTACH 'host=127.0.0.1' AS p (TYPE postgres)

-- 连接拒绝：不装扩展
ATTACH IF NOT EXISTS 'https://example.invalid/x.duckdb' AS x

-- 连接拒绝：没有这个
USE memory

-- 连接拒绝：不可碰文件
INSTALL httpfs

-- 连接拒绝：不可碰文件
INSTALL spatial FROM community

-- 连接拒绝：不可碰文件
FORCE INSTALL json

-- 连接拒绝：不装扩展
LOAD httpfs

-- 连接拒绝：不装扩展
LOAD 'x.duckdb_extension'

-- 连接拒绝：不可碰文件
UPDATE EXTENSIONS

-- 连接拒绝：设置锁住
SET memory_limit = '100GB'

-- 连接拒绝：设置锁住
SET threads = 64

-- 连接拒绝：设置锁住
SET enable_external_access = true

-- 连接拒绝：设置锁住
SET lock_configuration = false

-- 连接拒绝：设置锁住
SET max_execution_time = 0

-- 连接拒绝：设置锁住
SET temp_directory = '/tmp'

-- 连接拒绝：设置锁住
SET GLOBAL autoinstall_known_extensions = true

-- 连接拒绝：设置锁住
SET autoload_known_extensions = true

-- 连接拒绝：设置锁住
SET allow_unsigned_extensions = true

-- 连接拒绝：没有这个
SET search_path = 'memory.main'

-- 连接拒绝：设置锁住
SET default_null_order = 'nulls_first'

-- 连接拒绝：设置锁住
SET SESSION TimeZone = 'UTC'

-- 连接拒绝：设置锁住
SET home_directory = '/tmp'

-- 连接拒绝：设置锁住
SET extension_directory = '/tmp'

-- 连接拒绝：设置锁住
SET custom_extension_repository = 'http://example.invalid'

-- 连接拒绝：设置锁住
SET allowed_directories = ['/']

-- 连接拒绝：设置锁住
SET allowed_paths = ['/etc/passwd']

-- 连接拒绝：设置锁住
SET disabled_filesystems = ''

-- 连接拒绝：设置锁住
RESET memory_limit

-- 连接拒绝：设置锁住
RESET threads

-- 连接拒绝：设置锁住
RESET enable_external_access

-- 连接拒绝：设置锁住
PRAGMA memory_limit = '100GB'

-- 连接拒绝：设置锁住
PRAGMA threads = 64

-- 连接拒绝：设置锁住
PRAGMA enable_profiling

-- 连接拒绝：设置锁住
PRAGMA profiling_output = 'x.json'

-- 连接拒绝：设置锁住
PRAGMA enable_external_access = true

-- 连接拒绝：设置锁住
PRAGMA disable_optimizer

-- 连接拒绝：没有这个
SELECT * FROM '/etc/passwd'

-- 连接拒绝：不可碰文件
SELECT * FROM 'x.csv'

-- 连接拒绝：不可碰文件
SELECT * FROM 'x.parquet'

-- 连接拒绝：不可碰文件
SELECT * FROM 'x.json'

-- 连接拒绝：不可碰文件
SELECT * FROM 'https://example.invalid/x.csv'

-- 连接拒绝：不可碰文件
SELECT * FROM 's3://bucket/x.parquet'

-- 连接拒绝：不可碰文件
SELECT * FROM read_csv('/etc/passwd')

-- 连接拒绝：不可碰文件
SELECT * FROM read_csv_auto('x.csv')

-- 连接拒绝：不可碰文件
SELECT * FROM read_parquet('x.parquet')

-- 连接拒绝：不可碰文件
SELECT * FROM parquet_metadata('x.parquet')

-- 连接拒绝：不可碰文件
SELECT * FROM parquet_schema('x.parquet')

-- 连接拒绝：不可碰文件
SELECT * FROM read_json('x.json')

-- 连接拒绝：不可碰文件
SELECT * FROM read_json_auto('x.json')

-- 连接拒绝：不可碰文件
SELECT * FROM read_ndjson('x.json')

-- 连接拒绝：不可碰文件
SELECT * FROM read_text('/etc/hostname')

-- 连接拒绝：不可碰文件
SELECT * FROM read_blob('/etc/hostname')

-- 连接拒绝：不可碰文件
SELECT * FROM glob('*')

-- 连接拒绝：不可碰文件
SELECT * FROM sniff_csv('x.csv')

-- 连接拒绝：不可碰文件
SELECT * FROM read_duckdb('x.duckdb')

-- 连接拒绝：不装扩展
SELECT * FROM sqlite_scan('x.db', 't')

-- 连接拒绝：没有这个
SELECT * FROM postgres_scan('', 'public', 't')

-- 连接拒绝：不装扩展
SELECT * FROM mysql_query('', 'SELECT 1')

-- 连接拒绝：不装扩展
SELECT * FROM st_read('x.shp')

-- 连接拒绝：不装扩展
SELECT * FROM read_xlsx('x.xlsx')

-- 连接拒绝：不装扩展
SELECT * FROM load_aws_credentials()

-- 连接拒绝：没有这个
SELECT getenv('HOME')

-- 连接拒绝：设置锁住
CALL enable_logging()

-- 连接拒绝：不装扩展
CALL start_ui()

-- 连接拒绝：没有这个
EXECUTE p

-- 连接拒绝：只读
EXPLAIN ANALYZE DELETE FROM figures

-- 连接拒绝：没有这个
SELECT nextval('q')

-- 连接拒绝：没有这个
SELECT pg_read_file('/etc/passwd')

-- 连接拒绝：没有这个
SELECT load_extension('x')

-- 连接拒绝：没有这个
SELECT shell('ls')

-- 连接拒绝：没有这个
SELECT system('ls')
