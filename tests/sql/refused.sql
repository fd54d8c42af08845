-- 拒绝的查询。一条一段，段与段之间空一行；首行写拒绝的理由（出现在报错里的字）。

-- 拒绝：不允许“NULLSAFENEQ”这种写法
SELECT 项目名称 FROM 项目支出表 WHERE 所属单位 IS DISTINCT FROM '云溪市档案馆'

-- 拒绝：函数 ARG_MAX 不在允许之列
SELECT ARG_MAX(项目名称, 合计) AS 名称, MAX(合计) AS 金额 FROM 项目支出表 WHERE 末级

-- 拒绝：不允许“DISTINCT”这种写法
SELECT COUNT(DISTINCT 计量单位) AS 种数 FROM 政府采购预算表

-- 拒绝：JOIN不可带“SIDE”部分
SELECT a.科目名称, b.科目名称 AS 另一张表的 FROM 支出总表 AS a FULL JOIN 一般公共预算支出表 AS b ON a.科目编码 = b.科目编码 AND a.年度 = b.年度

-- 拒绝：UNION不可带“DISTINCT”部分
SELECT 科目名称 FROM 支出总表 UNION SELECT 科目名称 FROM 一般公共预算支出表 ORDER BY 科目名称 LIMIT 20

-- 拒绝：SELECT不可带“DISTINCT”部分
SELECT DISTINCT 部门, 年度 FROM 支出总表 ORDER BY 年度 DESC, 部门

-- 拒绝：函数 LAG 不在允许之列
SELECT 年度, 合计, 合计 - LAG(合计) OVER (PARTITION BY 科目编码 ORDER BY 年度) AS 增加 FROM 支出总表 WHERE 科目编码 = '208' ORDER BY 年度

-- 拒绝：WINDOW不可带“SPEC”部分
SELECT 项目名称, SUM(合计) OVER (ORDER BY 合计 DESC ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS 累计 FROM 项目支出表 WHERE 末级 AND 年度 = 2024 ORDER BY 累计

-- 拒绝：函数 TRY_CAST 不在允许之列
SELECT 三级指标, TRY_CAST(指标值 AS DECIMAL(18, 2)) AS 数值 FROM 绩效指标表

-- 拒绝：不允许“DPIPE”这种写法
SELECT UPPER(TRIM(科目编码)) || '-' || 科目名称 AS 全称, LENGTH(科目名称) AS 字数 FROM 支出总表 WHERE STARTS_WITH(科目编码, '20')

-- 拒绝：函数 GROUP_CONCAT 不在允许之列
SELECT STRING_AGG(项目名称, '、' ORDER BY 合计 DESC) AS 项目 FROM 项目支出表 WHERE 末级

-- 拒绝：只允许 SELECT 查询，不允许 INTERSECT
SELECT 科目编码, 科目名称 FROM 支出总表 WHERE 末级 INTERSECT SELECT 科目编码, 科目名称 FROM 一般公共预算支出表 WHERE 末级 ORDER BY 科目编码

-- 拒绝：只允许 SELECT 查询，不允许 EXCEPT
SELECT 科目名称 FROM 支出总表 WHERE 年度 = 2024 EXCEPT SELECT 科目名称 FROM 支出总表 WHERE 年度 = 2025

-- 拒绝：不允许“INTERSECT”这种写法
WITH 都有 AS (SELECT 科目编码 FROM 支出总表 WHERE 年度 = 2024 INTERSECT SELECT 科目编码 FROM 支出总表 WHERE 年度 = 2025) SELECT COUNT(*) AS 个数 FROM 都有

-- 拒绝：UNION不可带“DISTINCT”部分
SELECT 科目名称 FROM 支出总表 UNION SELECT 项目名称 FROM 项目支出表 INTERSECT SELECT 项目名称 FROM 项目支出表 WHERE 末级

-- 拒绝：WINDOW不可带“SPEC”部分
SELECT 项目名称, FIRST_VALUE(合计) OVER (ORDER BY 合计 DESC) - 合计 AS 差, PERCENT_RANK() OVER (ORDER BY 合计) AS 位置, CUME_DIST() OVER (ORDER BY 合计) AS 累计位置, NTILE(2) OVER (ORDER BY 合计 DESC) AS 档, LAST_VALUE(合计) OVER (ORDER BY 合计 DESC ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS 最小 FROM 项目支出表 WHERE 末级 AND 年度 = 2024

-- 拒绝：引用外层列的子查询里不可合计、排名或取前几
SELECT 年度, 项目名称, 合计 FROM 项目支出表 AS a WHERE 末级 AND 合计 = (SELECT MAX(b.合计) FROM 项目支出表 AS b WHERE b.年度 = a.年度 AND b.末级)

-- 拒绝：引用外层列的子查询里不可合计、排名或取前几
SELECT 科目名称, 合计, (SELECT SUM(b.合计) FROM 支出总表 AS b WHERE b.上级 = a.row_id) AS 下级合计 FROM 支出总表 AS a WHERE 层级 = 1

-- 拒绝：引用外层列的子查询里不可合计、排名或取前几
SELECT 科目名称, 合计 FROM 支出总表 AS a WHERE 层级 = 1 AND 合计 <> (SELECT SUM(b.合计) FROM 支出总表 AS b WHERE b.上级 = a.row_id)

-- 拒绝：窗口函数和分组不可写在同一层
SELECT 年度, SUM(合计) AS 金额, SUM(合计) / SUM(SUM(合计)) OVER () AS 占比, RANK() OVER (ORDER BY SUM(合计) DESC) AS 名次 FROM 支出总表 WHERE 末级 GROUP BY 年度 ORDER BY 名次

-- 拒绝：窗口函数和分组不可写在同一层
SELECT 年度, 所属单位, SUM(合计) AS 金额 FROM 项目支出表 WHERE 末级 GROUP BY 1, 2 QUALIFY ROW_NUMBER() OVER (PARTITION BY 年度 ORDER BY SUM(合计) DESC) = 1

-- 拒绝：窗口函数和分组不可写在同一层
SELECT LEFT(科目编码, 3) AS 类, COUNT(*) AS 个数, RANK() OVER (ORDER BY 个数 DESC) AS 名次 FROM 支出总表 WHERE 末级 GROUP BY LEFT(科目编码, 3) HAVING COUNT(*) >= 2

-- 拒绝：没有视图“figures”
SELECT * FROM figures

-- 拒绝：没有视图“documents”
SELECT title FROM documents

-- 拒绝：没有视图“支出表”
SELECT 合计 FROM 支出表

-- 拒绝：没有列“预算金额”
SELECT 预算金额 FROM 支出总表

-- 拒绝：是不是科目名称
SELECT 科目名 FROM 支出总表

-- 拒绝：FROM 里没有“x”
SELECT x.合计 FROM 支出总表 AS t

-- 拒绝：FROM 里没有“支出总表”
SELECT 支出总表.合计 FROM 支出总表 AS t

-- 拒绝：都有
SELECT 合计 FROM 支出总表 AS a JOIN 项目支出表 AS b ON a.row_id = b.row_id

-- 拒绝：有两列都叫“row_id”
SELECT * FROM 支出总表 AS a JOIN 项目支出表 AS b ON a.row_id = b.row_id

-- 拒绝：“1一”会读成一个数
SELECT 1 AS 一 FROM 支出总表 JOIN 支出总表 ON TRUE

-- 拒绝：这里有2条
SELECT 合计 FROM 支出总表; DROP TABLE figures

-- 拒绝：这里有2条
SELECT 合计 FROM 支出总表; SELECT 合计 FROM 支出总表

-- 拒绝：这里有0条
;

-- 拒绝：语法错误
SELECT 合计 FROM

-- 拒绝：语法错误
SELECT 'abc FROM 支出总表

-- 拒绝：不允许 DROP
DROP TABLE figures

-- 拒绝：不允许 DELETE
DELETE FROM figures

-- 拒绝：不允许“DELETE”
WITH x AS (DELETE FROM figures RETURNING *) SELECT * FROM x

-- 拒绝：不允许 INSERT
INSERT INTO figures SELECT * FROM figures

-- 拒绝：不允许 UPDATE
UPDATE figures SET amount_yuan = 0

-- 拒绝：不允许 CREATE
CREATE TABLE t AS SELECT * FROM 支出总表

-- 拒绝：不允许 CREATE
CREATE TEMP MACRO f(x) AS x + 1

-- 拒绝：不允许 COPY
COPY 支出总表 TO '/tmp/x.csv'

-- 拒绝：不允许 ATTACH
ATTACH '/tmp/x.duckdb' AS x

-- 拒绝：不允许 INSTALL
INSTALL httpfs

-- 拒绝：不允许 COMMAND
LOAD httpfs

-- 拒绝：不允许 SET
SET memory_limit = '100GB'

-- 拒绝：不允许 PRAGMA
PRAGMA database_list

-- 拒绝：只允许 SELECT 查询
EXPLAIN SELECT 合计 FROM 支出总表

-- 拒绝：不允许 DESCRIBE
DESCRIBE 支出总表

-- 拒绝：不允许
SHOW TABLES

-- 拒绝：只允许 SELECT 查询
CALL pragma_version()

-- 拒绝：语法错误
EXPORT DATABASE '/tmp/x'

-- 拒绝：只允许 SELECT 查询
VALUES (1)

-- 拒绝：没有视图“/etc/passwd”
SELECT * FROM '/etc/passwd'

-- 拒绝：没有视图“secret.csv”
SELECT * FROM "secret.csv"

-- 拒绝：不可用表函数
SELECT * FROM read_csv('/etc/passwd')

-- 拒绝：不可用表函数
SELECT * FROM read_text('/etc/passwd')

-- 拒绝：不可用表函数
SELECT * FROM read_parquet('x.parquet')

-- 拒绝：不可用表函数
SELECT * FROM glob('/*')

-- 拒绝：不可用表函数
SELECT * FROM query('DROP TABLE figures')

-- 拒绝：不可用表函数
SELECT * FROM query_table('figures')

-- 拒绝：不可用表函数
SELECT * FROM duckdb_settings()

-- 拒绝：不可用表函数
SELECT * FROM generate_series(1, 300000000)

-- 拒绝：函数 GENERATE_SERIES
SELECT generate_series(1, 300000000) FROM 支出总表

-- 拒绝：不在允许之列
SELECT range(300000000) FROM 支出总表

-- 拒绝：函数 REPEAT
SELECT repeat('x', 1000000000) FROM 支出总表

-- 拒绝：函数 PAD
SELECT lpad('x', 1000000000, 'y') FROM 支出总表

-- 拒绝：不在允许之列
SELECT replace(科目名称, '支', 'xxxxxxxxxxxxxxxx') FROM 支出总表

-- 拒绝：函数 getenv
SELECT getenv('HOME') FROM 支出总表

-- 拒绝：函数 current_setting
SELECT current_setting('memory_limit') FROM 支出总表

-- 拒绝：函数 nextval
SELECT nextval('s') FROM 支出总表

-- 拒绝：函数 RAND
SELECT 合计 FROM 支出总表 ORDER BY random()

-- 拒绝：函数 UNNEST
SELECT unnest(科目名称) FROM 支出总表

-- 拒绝：不允许“DPIPE”这种写法
WITH a AS (SELECT 科目名称 || 科目名称 || 科目名称 || 科目名称 AS x FROM 支出总表), b AS (SELECT x || x || x || x AS x2 FROM a), c AS (SELECT x2 || x2 || x2 || x2 AS x3 FROM b) SELECT x3 FROM c

-- 拒绝：展开后太大
SELECT 合计 + 合计 AS a, a + a AS b, b + b AS c, c + c AS d, d + d AS e, e + e AS f, f + f AS g, g + g AS h, h + h AS i, i + i AS j, j + j AS k FROM 支出总表

-- 拒绝：查询读了16次视图，最多8次
WITH a AS (SELECT 合计 FROM 支出总表), b AS (SELECT x.合计 FROM a x CROSS JOIN a y CROSS JOIN a z), c AS (SELECT x.合计 FROM b x CROSS JOIN b y CROSS JOIN b z), d AS (SELECT x.合计 FROM c x CROSS JOIN c y CROSS JOIN c z), e AS (SELECT x.合计 FROM d x CROSS JOIN d y CROSS JOIN d z), f AS (SELECT x.合计 FROM e x) SELECT x.合计 FROM f x CROSS JOIN f y

-- 拒绝：查询读了17次视图，最多8次
SELECT a.合计 FROM 支出总表 a CROSS JOIN 支出总表 b CROSS JOIN 支出总表 c CROSS JOIN 支出总表 d CROSS JOIN 支出总表 e CROSS JOIN 支出总表 f CROSS JOIN 支出总表 g CROSS JOIN 支出总表 h CROSS JOIN 支出总表 i CROSS JOIN 支出总表 j CROSS JOIN 支出总表 k CROSS JOIN 支出总表 l CROSS JOIN 支出总表 m CROSS JOIN 支出总表 n CROSS JOIN 支出总表 o CROSS JOIN 支出总表 p CROSS JOIN 支出总表 q

-- 拒绝：“RECURSIVE”
WITH RECURSIVE t AS (SELECT 1 AS n FROM 支出总表 UNION ALL SELECT n + 1 FROM t) SELECT n FROM t

-- 拒绝：已是视图名
WITH 支出总表 AS (SELECT 合计 FROM 项目支出表) SELECT 合计 FROM 支出总表

-- 拒绝：没有读任何视图
SELECT 1

-- 拒绝：没有读任何视图
SELECT a.x FROM (SELECT 1 AS x) AS a

-- 拒绝：“INTO”
SELECT 合计 INTO 新表 FROM 支出总表

-- 拒绝：参数
SELECT 合计 FROM 支出总表 WHERE 年度 = ?

-- 拒绝：参数
SELECT 合计 FROM 支出总表 WHERE 年度 = $1

-- 拒绝：“SAMPLE”
SELECT 合计 FROM 支出总表 TABLESAMPLE 10%

-- 拒绝：“SAMPLE”
SELECT 合计 FROM 支出总表 USING SAMPLE 3

-- 拒绝：LATERAL
SELECT t.合计 FROM 支出总表 AS t, LATERAL (SELECT t.合计 AS y) AS u

-- 拒绝：PIVOT
SELECT * FROM 支出总表 PIVOT (SUM(合计) FOR 年度 IN (2024, 2025))

-- 拒绝：“EXCEPT”
SELECT * EXCLUDE (合计) FROM 支出总表

-- 拒绝：COLUMNS
SELECT COLUMNS('合.*') FROM 支出总表

-- 拒绝：“USING”
SELECT a.合计 FROM 支出总表 AS a JOIN 项目支出表 AS b USING (row_id)

-- 拒绝：“METHOD”
SELECT a.合计 FROM 支出总表 AS a NATURAL JOIN 项目支出表 AS b

-- 拒绝：“METHOD”
SELECT a.合计 FROM 支出总表 AS a ASOF JOIN 项目支出表 AS b ON a.年度 >= b.年度

-- 拒绝：“ALL”
SELECT 年度, SUM(合计) FROM 支出总表 GROUP BY ALL

-- 拒绝：ROLLUP
SELECT 年度, SUM(合计) FROM 支出总表 GROUP BY ROLLUP (年度)

-- 拒绝：SELECT不可带“DISTINCT”部分
SELECT DISTINCT ON (年度) 年度, 合计 FROM 支出总表

-- 拒绝：只允许 SELECT 查询，不允许 EXCEPT
SELECT 科目名称 FROM 支出总表 EXCEPT ALL SELECT 科目名称 FROM 一般公共预算支出表

-- 拒绝：只允许 SELECT 查询，不允许 INTERSECT
SELECT 科目名称 FROM 支出总表 INTERSECT ALL SELECT 科目名称 FROM 一般公共预算支出表

-- 拒绝：只允许 SELECT 查询，不允许 INTERSECT
SELECT 科目名称 FROM 支出总表 INTERSECT SELECT 科目名称, 合计 FROM 一般公共预算支出表

-- 拒绝：UNION 两边的列数不同
SELECT 科目名称 FROM 支出总表 UNION ALL SELECT 科目名称, 合计 FROM 支出总表

-- 拒绝：只可按结果的列排序
SELECT 科目名称 FROM 支出总表 UNION ALL SELECT 项目名称 FROM 项目支出表 ORDER BY 合计

-- 拒绝：LIMIT 后面只能是不大于100的整数
SELECT 合计 FROM 支出总表 LIMIT 1000000

-- 拒绝：LIMIT 后面只能是
SELECT 合计 FROM 支出总表 LIMIT (SELECT COUNT(*) FROM 支出总表)

-- 拒绝：没有 ORDER BY
SELECT SUM(t.合计) FROM (SELECT 合计 FROM 支出总表 LIMIT 3) AS t

-- 拒绝：没有这一列
SELECT 合计 FROM 支出总表 ORDER BY 2

-- 拒绝：不允许“DISTINCT”这种写法
SELECT SUM(DISTINCT 合计) FROM 支出总表

-- 拒绝：函数 CAST 不在允许之列
SELECT 合计::DOUBLE FROM 支出总表

-- 拒绝：没有列“项目编码”
SELECT 项目名称 FROM 项目支出表 WHERE 项目编码 IN (SELECT 科目编码 FROM 支出总表 WHERE 科目编码 = 项目编码)

-- 拒绝：外层的列只可写在子查询的 WHERE 里
SELECT 科目名称 FROM 支出总表 AS a WHERE 合计 > (SELECT MAX(b.合计 - a.合计) FROM 支出总表 AS b)

-- 拒绝：合计函数里不可有子查询
SELECT SUM((SELECT MAX(b.合计) FROM 支出总表 AS b WHERE b.年度 = a.年度)) FROM 支出总表 AS a

-- 拒绝：外层的列只可写在子查询的 WHERE 里
SELECT a.科目名称 FROM 支出总表 AS a CROSS JOIN (SELECT b.合计 FROM 支出总表 AS b WHERE b.上级 = a.row_id) AS t

-- 拒绝：只可引用紧外一层
SELECT 科目名称 FROM 支出总表 AS a WHERE EXISTS (SELECT 1 FROM 支出总表 AS b WHERE b.上级 = a.row_id AND EXISTS (SELECT 1 FROM 项目支出表 AS c WHERE c.年度 = a.年度))

-- 拒绝：引用外层列的子查询里不可合计、排名或取前几
SELECT 科目名称 FROM 支出总表 AS a WHERE EXISTS (SELECT b.年度 FROM 支出总表 AS b WHERE b.上级 = a.row_id GROUP BY b.年度)

-- 拒绝：窗口函数和分组不可写在同一层
SELECT 年度, RANK() OVER (ORDER BY SUM(合计)) AS 名次, (SELECT MAX(b.合计) FROM 项目支出表 AS b WHERE b.年度 = a.年度) AS 最大 FROM 支出总表 AS a WHERE 末级 GROUP BY 年度

-- 拒绝：子查询没有名称
SELECT x FROM (SELECT 合计 AS x FROM 支出总表)

-- 拒绝：“DB”
SELECT 合计 FROM main.支出总表

-- 拒绝：“DB”
SELECT * FROM information_schema.tables

-- 拒绝：“DB”
SELECT 合计 FROM memory.main.支出总表

-- 拒绝：两条下划线
SELECT 合计 AS __e FROM 支出总表

-- 拒绝：窗口函数和分组不可写在同一层
SELECT 年度, 合计, RANK() OVER (ORDER BY SUM(合计)) FROM 支出总表 WHERE 末级 GROUP BY 年度

-- 拒绝：SELECT不可带“DISTINCT”部分
SELECT SUM(t.合计) FROM (SELECT DISTINCT 合计 FROM 项目支出表 WHERE 末级) AS t

-- 拒绝：UNION不可带“DISTINCT”部分
SELECT SUM(t.合计) FROM (SELECT 合计 FROM 项目支出表 WHERE 年度 = 2024 UNION SELECT 合计 FROM 项目支出表 WHERE 年度 = 2025) AS t

-- 拒绝：不可按数分组，会漏掉数相同的行
SELECT AVG(t.合计) FROM (SELECT 合计 FROM 项目支出表 WHERE 末级 GROUP BY 合计) AS t

-- 拒绝：不允许“DISTINCT”这种写法
SELECT MEDIAN(DISTINCT 合计) FROM 项目支出表 WHERE 末级

-- 拒绝：合计函数里不可有子查询
SELECT SUM((SELECT MAX(合计) FROM 支出总表)) FROM 项目支出表

-- 拒绝：合计函数里不可有子查询
SELECT SUM(合计 + (SELECT MAX(合计) FROM 支出总表)) FROM 项目支出表 WHERE 末级

-- 拒绝：“SEMI”
SELECT a.科目名称 FROM 支出总表 AS a SEMI JOIN 一般公共预算支出表 AS b ON a.科目编码 = b.科目编码

-- 拒绝：“WINDOWS”
SELECT 项目名称, SUM(合计) OVER w FROM 项目支出表 WHERE 末级 WINDOW w AS (PARTITION BY 年度)

-- 拒绝：函数 NTH_VALUE
SELECT 项目名称, NTH_VALUE(合计, 2) OVER (ORDER BY 合计) FROM 项目支出表

-- 拒绝：SELECT不可带“DISTINCT”部分
SELECT DISTINCT 年度 FROM 支出总表 ORDER BY 合计

-- 拒绝：ANY
SELECT 合计 FROM 支出总表 WHERE 合计 > ANY (SELECT 合计 FROM 项目支出表)

-- 拒绝：不允许“IGNORENULLS”这种写法
SELECT ANY_VALUE(科目名称 ORDER BY 合计) FROM 支出总表

-- 拒绝：名称“__e”不可用
SELECT t.__e FROM (SELECT 合计 FROM 支出总表) AS t

-- 拒绝：星号只可单独作一列
SELECT 合计 + * FROM 支出总表

-- 拒绝：只允许 SELECT 查询，不允许 USE
USE warehouse.main

-- 拒绝：只允许 SELECT 查询，不允许 SET
SET VARIABLE x = 1

-- 拒绝：只允许 SELECT 查询，不允许 PRAGMA
PRAGMA database_size

-- 拒绝：只允许 SELECT 查询，不允许 COLUMN
CHECKPOINT

-- 拒绝：只允许 SELECT 查询，不允许 COMMAND
FORCE CHECKPOINT

-- 拒绝：只允许 SELECT 查询，不允许 COMMAND
VACUUM

-- 拒绝：只允许 SELECT 查询，不允许 ANALYZE
ANALYZE

-- 拒绝：只允许 SELECT 查询，不允许 TRANSACTION
BEGIN TRANSACTION READ WRITE

-- 拒绝：只允许 SELECT 查询，不允许 COMMAND
CALL checkpoint()

-- 拒绝：只允许 SELECT 查询，不允许 COMMAND
PREPARE p AS SELECT 1

-- 拒绝：只允许 SELECT 查询，不允许 ALIAS
DEALLOCATE p

-- 拒绝：只允许 SELECT 查询，不允许 CREATE
CREATE TEMP TABLE t (x INTEGER)

-- 拒绝：只允许 SELECT 查询，不允许 CREATE
CREATE TEMP VIEW v AS SELECT 1 AS x

-- 拒绝：FROM 后面只能是视图名，不可用表函数
SELECT * FROM query('SELECT 1')

-- 拒绝：没有视图“pragma_database_list”
SELECT * FROM pragma_database_list

-- 拒绝：查询没有读任何视图
SELECT write_log('x')

-- 拒绝：FROM 后面只能是视图名，不可用表函数
SELECT * FROM duckdb_tables()

-- 拒绝：视图名不可带“DB”部分
SELECT * FROM information_schema.columns

-- 拒绝：函数 current_setting 不在允许之列
SELECT current_setting('threads') FROM 支出总表

-- 拒绝：不允许“FETCH”这种写法
SELECT 合计 FROM 支出总表 FETCH FIRST 3 ROWS ONLY

-- 拒绝：SELECT不可带“LOCKS”部分
SELECT 合计 FROM 支出总表 FOR UPDATE

-- 拒绝：LIMIT不可带“LIMIT_OPTIONS”部分
SELECT 合计 FROM 支出总表 LIMIT 50%

-- 拒绝：不允许“VAR”这种写法
SELECT 合计 FROM 支出总表 ORDER BY ALL LIMIT 1

-- 拒绝：“2024年预算数”会读成一个数
SELECT 2024年预算数 FROM 支出总表

-- 拒绝：函数 ARRAY 不在允许之列
SELECT [合计, 基本支出] FROM 支出总表

-- 拒绝：函数 STRUCT 不在允许之列
SELECT {'a': 合计} FROM 支出总表

-- 拒绝：函数 CAST 不在允许之列
SELECT 合计::VARCHAR FROM 支出总表

-- 拒绝：不允许“SIMILARTO”这种写法
SELECT 科目名称 SIMILAR TO '.*' FROM 支出总表

-- 拒绝：函数 REGEXP_LIKE 不在允许之列
SELECT regexp_matches(科目名称, '.*') FROM 支出总表

-- 拒绝：函数 FORMAT 不在允许之列
SELECT format('{}', 合计) FROM 支出总表

-- 拒绝：函数 printf 不在允许之列
SELECT printf('%d', 1) FROM 支出总表

-- 拒绝：函数 MD5 不在允许之列
SELECT md5(科目名称) FROM 支出总表

-- 拒绝：函数 now 不在允许之列
SELECT now() FROM 支出总表

-- 拒绝：函数 CURRENT_DATE 不在允许之列
SELECT current_date FROM 支出总表

-- 拒绝：函数 UUID 不在允许之列
SELECT uuid() FROM 支出总表

-- 拒绝：函数 CURRENT_VERSION 不在允许之列
SELECT version() FROM 支出总表

-- 拒绝：不允许“INTDIV”这种写法
SELECT 合计 // 3 FROM 支出总表

-- 拒绝：不允许“MOD”这种写法
SELECT 合计 % 7 FROM 支出总表

-- 拒绝：函数 POWER 不在允许之列
SELECT power(合计, 2) FROM 支出总表

-- 拒绝：函数 SQRT 不在允许之列
SELECT sqrt(合计) FROM 支出总表

-- 拒绝：函数 GREATEST 不在允许之列
SELECT greatest(合计, 基本支出) FROM 支出总表

-- 拒绝：函数 ARRAY_AGG 不在允许之列
SELECT list(合计) FROM 支出总表

-- 拒绝：函数 histogram 不在允许之列
SELECT histogram(合计) FROM 支出总表

-- 拒绝：函数 PERCENTILE_CONT 不在允许之列
SELECT quantile_cont(合计, 0.5) FROM 支出总表

-- 拒绝：函数 MODE 不在允许之列
SELECT mode(合计) FROM 支出总表

-- 拒绝：函数 JSON_EXTRACT 不在允许之列
SELECT x -> x + 1 FROM 支出总表

-- 拒绝：不允许“ILIKE”这种写法
SELECT 合计 FROM 支出总表 WHERE 科目名称 ILIKE '%费'

-- 拒绝：不允许“ESCAPE”这种写法
SELECT 合计 FROM 支出总表 WHERE 科目名称 LIKE '%!%' ESCAPE '!'

-- 拒绝：TABLEALIAS不可带“COLUMNS”部分
SELECT 合计 FROM 支出总表 t(a, b)

-- 拒绝：不允许“CUBE”这种写法
SELECT SUM(合计) FROM 支出总表 GROUP BY CUBE (科目编码)

-- 拒绝：不可按数分组，会漏掉数相同的行
SELECT SUM(合计) FROM 支出总表 GROUP BY 合计

-- 拒绝：子查询里的 LIMIT 没有 ORDER BY，取到哪些行是不定的
SELECT COUNT(*) FROM 支出总表 WHERE 合计 IN (SELECT 合计 FROM 项目支出表 LIMIT 2)

-- 拒绝：合计函数的括号里要有列
SELECT 年度, COUNT(ALL) FROM 支出总表 GROUP BY 年度

-- 拒绝：LIMIT 没有 ORDER BY，取到哪些行是不定的
SELECT 科目名称 FROM 支出总表 LIMIT 3

-- 拒绝：UNION ALL 的结果不可用 LIMIT
SELECT 科目名称, 合计 FROM 支出总表 UNION ALL SELECT 项目名称, 合计 FROM 项目支出表 ORDER BY 2 LIMIT 3

-- 拒绝：JOIN不可带“SIDE”部分
SELECT a.科目名称 FROM 支出总表 AS a LEFT JOIN 支出总表 AS b ON a.科目编码 = b.科目编码 AND b.年度 = 2025 WHERE a.年度 = 2024 AND b.row_id IS NULL AND NOT a.合计行
