-- 放行的查询。一条一段，段与段之间空一行；首行写它回答的问题。
-- 每条都要：通过检查、能在锁住的连接上执行、加上出处之后结果不变。

-- 问：支出总计是多少？
SELECT 合计 FROM 支出总表 WHERE 合计行;

-- 问：2024年社会保障和就业支出多少？
SELECT 科目名称, 合计 FROM 支出总表 WHERE 年度 = 2024 AND 科目编码 = '208'

-- 问：行政运行里人员经费和公用经费各多少？
SELECT 人员经费, 公用经费 FROM 一般公共预算支出表 WHERE 科目名称 = '行政运行' AND 年度 = 2024

-- 问：支出总表有哪些行？
SELECT * FROM 支出总表 WHERE 年度 = 2024

-- 问：各科目及其基本支出（表用别名）
SELECT t.科目名称, t.基本支出 FROM 支出总表 AS t WHERE t.末级

-- 问：整张表，星号带表名
SELECT t.* FROM 支出总表 t WHERE t.年度 = 2025

-- DuckDB 的简写，等于 SELECT *
FROM 项目支出表

-- 视图名和列名可加引号
SELECT "科目名称", "合计" FROM "支出总表" WHERE "年度" = 2024

-- 标识列大小写不论
SELECT ROW_ID, 合计 FROM 支出总表

-- 带全角括号的列名
SELECT 因公出国（境）费 FROM 三公经费支出表

-- 问：名称里有“养老”的科目
SELECT 科目名称, 合计 FROM 支出总表 WHERE 科目名称 LIKE '%养老%'

-- 问：名称不含“支出”的科目
SELECT 科目名称 FROM 支出总表 WHERE 科目名称 NOT LIKE '%支出%' AND NOT 合计行

-- 问：社保、卫生、住房三类各多少？
SELECT 科目名称, 合计 FROM 支出总表 WHERE 科目编码 IN ('208', '210', '221') AND 年度 = 2024

-- 问：50万元到200万元之间的项目
SELECT 项目名称, 合计 FROM 项目支出表 WHERE 末级 AND 合计 BETWEEN 500000 AND 2000000

-- 问：没有编码的行
SELECT 科目名称 FROM 支出总表 WHERE 科目编码 IS NULL

-- 问：有公用经费的科目
SELECT 科目名称, 公用经费 FROM 一般公共预算支出表 WHERE 公用经费 IS NOT NULL AND 公用经费 <> 0

-- 问：金额最大的三个项目
SELECT 项目名称, 合计 FROM 项目支出表 WHERE 末级 ORDER BY 合计 DESC LIMIT 3

-- 问：第二大的项目
SELECT 项目名称, 合计 FROM 项目支出表 WHERE 末级 ORDER BY 合计 DESC LIMIT 1 OFFSET 1

-- 按第几列排序
SELECT 项目名称, 合计 FROM 项目支出表 WHERE 末级 ORDER BY 2 DESC, 1

-- 按没有列出的列排序
SELECT 项目名称 FROM 项目支出表 WHERE 末级 ORDER BY 合计 DESC NULLS LAST, 项目名称

-- 问：末级科目加起来多少？
SELECT SUM(合计) AS 合计 FROM 支出总表 WHERE 末级 AND 年度 = 2024

-- 问：有几个项目？
SELECT COUNT(*) AS 个数 FROM 项目支出表 WHERE 末级 AND 年度 = 2024

-- 没有名称的合计列
SELECT COUNT(*), SUM(合计) FROM 项目支出表 WHERE 末级

-- 问：项目平均多少、最大最小各多少、中位数多少？
SELECT AVG(合计) AS 平均, MAX(合计) AS 最大, MIN(合计) AS 最小, MEDIAN(合计) AS 中位 FROM 项目支出表 WHERE 末级

-- 问：每年末级支出合计
SELECT 年度, SUM(合计) AS 合计 FROM 支出总表 WHERE 末级 GROUP BY 年度 ORDER BY 年度

-- 按第几列分组
SELECT 年度, COUNT(*) FROM 支出总表 GROUP BY 1 ORDER BY 1

-- 按起的名称分组
SELECT LEFT(科目编码, 3) AS 类, SUM(合计) AS 金额 FROM 支出总表 WHERE 末级 AND 年度 = 2024 GROUP BY 类 ORDER BY 类

-- 问：哪些类超过100万元？（HAVING 用别名）
SELECT LEFT(科目编码, 3) AS 类, SUM(合计) AS 金额 FROM 支出总表 WHERE 末级 GROUP BY LEFT(科目编码, 3) HAVING 金额 > 1000000 ORDER BY 金额 DESC

-- HAVING 里写合计函数
SELECT 年度 FROM 支出总表 WHERE 末级 GROUP BY 年度 HAVING SUM(合计) > 0 ORDER BY 年度

-- 合计列和原来的列同名
SELECT 年度, SUM(合计) AS 合计 FROM 支出总表 WHERE 末级 GROUP BY 年度 HAVING 合计 > 0 ORDER BY 合计

-- 问：基本支出、项目支出各占多少？
SELECT 科目名称, ROUND(基本支出 / NULLIF(合计, 0) * 100, 2) AS 基本占比 FROM 支出总表 WHERE 合计行

-- 同一行里引用前面起的名称
SELECT 合计 / 10000 AS 万元, ROUND(万元, 1) AS 约数 FROM 支出总表 WHERE 末级

-- 问：末级支出里社保类和其他类各多少？（条件合计）
SELECT SUM(CASE WHEN 科目编码 LIKE '208%' THEN 合计 END) AS 社保, SUM(CASE WHEN 科目编码 NOT LIKE '208%' THEN 合计 ELSE 0 END) AS 其他 FROM 支出总表 WHERE 末级 AND 年度 = 2024

-- 同上，用 FILTER
SELECT SUM(合计) FILTER (WHERE 末级) AS 末级合计, SUM(合计) FILTER (WHERE 合计行) AS 总计 FROM 支出总表 WHERE 年度 = 2024

-- 问：超过100万元的项目有几个？
SELECT COUNT_IF(合计 > 1000000) AS 个数 FROM 项目支出表 WHERE 末级

-- 多档划分
SELECT 项目名称, CASE WHEN 合计 >= 1000000 THEN '大' WHEN 合计 >= 100000 THEN '中' ELSE '小' END AS 档 FROM 项目支出表 WHERE 末级

-- 问：社保占总支出的比例（两个子查询相除）
SELECT a.金额 AS 部分, b.金额 AS 全部, a.金额 / b.金额 AS 占比 FROM (SELECT 合计 AS 金额 FROM 支出总表 WHERE 年度 = 2024 AND 科目编码 = '208') AS a CROSS JOIN (SELECT 合计 AS 金额 FROM 支出总表 WHERE 年度 = 2024 AND 合计行) AS b

-- 同上，子查询写在列里
SELECT 合计 / (SELECT 合计 FROM 支出总表 WHERE 合计行 AND 年度 = 2024) AS 占比 FROM 支出总表 WHERE 年度 = 2024 AND 科目编码 = '208'

-- 问：今年比去年增加多少？（同一视图连接自己）
SELECT a.科目名称, a.合计 - b.合计 AS 增加 FROM 支出总表 AS a JOIN 支出总表 AS b ON a.科目编码 = b.科目编码 WHERE a.年度 = 2025 AND b.年度 = 2024

-- 下级和它的上级并排
SELECT p.科目名称 AS 上级科目, c.科目名称, c.合计 FROM 支出总表 AS c INNER JOIN 支出总表 AS p ON c.上级 = p.row_id

-- 问：高于平均数的项目（条件里的子查询）
SELECT 项目名称, 合计 FROM 项目支出表 WHERE 末级 AND 合计 > (SELECT AVG(合计) FROM 项目支出表 WHERE 末级)

-- 问：两张表里都有的科目
SELECT 科目名称 FROM 支出总表 WHERE 科目编码 IN (SELECT 科目编码 FROM 一般公共预算支出表)

-- 问：只在一张表里的科目
SELECT 科目名称 FROM 支出总表 WHERE 科目编码 NOT IN (SELECT 科目编码 FROM 一般公共预算支出表 WHERE 科目编码 IS NOT NULL)

-- 问：有没有公务接待？
SELECT 名称, 公务接待费 FROM 三公经费支出表 WHERE EXISTS (SELECT 1 FROM 支出总表 WHERE 合计行)

-- 问：公务员医疗补助在各表里是多少？（几种读法）
SELECT '支出总表' AS 表, 科目编码, 合计 FROM 支出总表 WHERE 科目名称 = '公务员医疗补助' UNION ALL SELECT '基本支出表', 科目编码, 合计 FROM 一般公共预算基本支出表 WHERE 科目名称 = '公务员医疗补助' UNION ALL SELECT '正文', NULL, 金额 FROM 正文数据 WHERE 事项 = '公务员医疗补助'

-- 两年各取最大的一项
(SELECT 年度, 项目名称, 合计 FROM 项目支出表 WHERE 末级 AND 年度 = 2024 ORDER BY 合计 DESC LIMIT 1) UNION ALL (SELECT 年度, 项目名称, 合计 FROM 项目支出表 WHERE 末级 AND 年度 = 2025 ORDER BY 合计 DESC LIMIT 1)

-- WITH：前两大的项目占多少
WITH 大项目 AS (SELECT 项目名称, 合计 FROM 项目支出表 WHERE 末级 AND 年度 = 2024 ORDER BY 合计 DESC LIMIT 2) SELECT SUM(合计) AS 前两项, (SELECT SUM(合计) FROM 项目支出表 WHERE 末级 AND 年度 = 2024) AS 全部 FROM 大项目

-- WITH 里再用 WITH，读两次
WITH 末级行 AS (SELECT 年度, 合计 FROM 支出总表 WHERE 末级), 年合计 AS (SELECT 年度, SUM(合计) AS 金额 FROM 末级行 GROUP BY 年度) SELECT a.年度, a.金额 - b.金额 AS 增加 FROM 年合计 AS a JOIN 年合计 AS b ON a.年度 = b.年度 + 1

-- 问：每个项目排第几、占多少？（窗口函数）
SELECT 项目名称, RANK() OVER (ORDER BY 合计 DESC) AS 名次, 合计 / SUM(合计) OVER () AS 占比 FROM 项目支出表 WHERE 末级 AND 年度 = 2024 ORDER BY 名次, 项目名称

-- 问：每年最大的项目（QUALIFY）
SELECT 年度, 项目名称, 合计 FROM 项目支出表 WHERE 末级 QUALIFY ROW_NUMBER() OVER (PARTITION BY 年度 ORDER BY 合计 DESC) = 1 ORDER BY 年度

-- 问：每类支出占当年总数（先分组，再用窗口）
SELECT 类, 金额, 金额 / SUM(金额) OVER () AS 占比 FROM (SELECT LEFT(科目编码, 3) AS 类, SUM(合计) AS 金额 FROM 支出总表 WHERE 末级 AND 年度 = 2024 GROUP BY LEFT(科目编码, 3)) AS t ORDER BY 类

-- 问：采购金额等于单价乘数量吗？
SELECT 采购品目, 采购金额, 单价 * 采购数量 AS 算得 FROM 政府采购预算表 WHERE 采购金额 <> 单价 * 采购数量

-- 问：为什么减少？
SELECT 事项, 增减额, 原因, 原句 FROM 正文数据 WHERE 增减额 < 0

-- 认不出种类的表，从全部数据里查
SELECT 表名, 行名, 列名, 原样, 金额 FROM 全部数据 WHERE 行名 = '培训费' AND 列名 = '合计'

-- 注释不碍事
SELECT 合计 /* 元 */ FROM 支出总表 -- 只看合计行
WHERE 合计行

-- 文字里的分号和关键字只是文字
SELECT 科目名称 FROM 支出总表 WHERE 科目名称 = '; DROP TABLE 支出总表; --'

-- 问：金额比库房空调大的项目
SELECT 项目名称, 合计 FROM 项目支出表 WHERE 末级 AND 年度 = 2024 AND 合计 > (SELECT 合计 FROM 项目支出表 WHERE 项目名称 = '库房空调' AND 年度 = 2024)

-- 问：两张表里都有的科目（EXISTS）
SELECT 科目名称, 合计 FROM 支出总表 AS a WHERE EXISTS (SELECT 1 FROM 一般公共预算支出表 AS b WHERE b.科目编码 = a.科目编码 AND b.年度 = a.年度)

-- 问：去年有、今年没有的科目（NOT EXISTS）
SELECT 科目名称, 合计 FROM 支出总表 AS a WHERE 年度 = 2024 AND NOT EXISTS (SELECT 1 FROM 支出总表 AS b WHERE b.科目名称 = a.科目名称 AND b.年度 = 2025)

-- 问：有下级也在另一张表里的科目（两层相关子查询）
SELECT 科目名称 FROM 支出总表 AS a WHERE EXISTS (SELECT 1 FROM 支出总表 AS b WHERE b.上级 = a.row_id AND EXISTS (SELECT 1 FROM 一般公共预算支出表 AS c WHERE c.科目编码 = b.科目编码))

-- 问：两表都有的科目每年合计（分组外的相关子查询）
SELECT 年度, SUM(合计) AS 金额 FROM 支出总表 AS a WHERE 末级 AND EXISTS (SELECT 1 FROM 一般公共预算支出表 AS b WHERE b.科目编码 = a.科目编码 AND b.年度 = a.年度) GROUP BY 年度

-- 问：哪些单位有两个以上的项目？
SELECT 所属单位, COUNT(*) AS 个数 FROM 项目支出表 WHERE 末级 GROUP BY 所属单位 HAVING COUNT(*) >= 2 ORDER BY 个数 DESC

-- 问：哪些单位的项目合计高于项目平均数？（HAVING 里的子查询）
SELECT 所属单位, SUM(合计) AS 金额 FROM 项目支出表 WHERE 末级 GROUP BY 所属单位 HAVING SUM(合计) > (SELECT AVG(合计) FROM 项目支出表 WHERE 末级)

-- 问：每个单位最大的两个项目（子查询里的名次）
SELECT t.所属单位, t.项目名称, t.合计 FROM (SELECT 所属单位, 项目名称, 合计, ROW_NUMBER() OVER (PARTITION BY 所属单位 ORDER BY 合计 DESC) AS n FROM 项目支出表 WHERE 末级) AS t WHERE t.n <= 2

-- 问：高于平均数的项目（QUALIFY 里的平均数）
SELECT 项目名称, 合计 FROM 项目支出表 WHERE 末级 QUALIFY 合计 > AVG(合计) OVER (PARTITION BY 年度)

-- 问：前两大项目合计占多少？（占比再相加）
SELECT SUM(t.占比) AS 前两大占比 FROM (SELECT 合计 / SUM(合计) OVER () AS 占比 FROM 项目支出表 WHERE 末级 AND 年度 = 2024 ORDER BY 合计 DESC LIMIT 2) AS t

-- 问：各科目比上年增长百分之几？
SELECT a.科目名称, a.合计, b.合计 AS 上年, ROUND((a.合计 - b.合计) / b.合计 * 100, 2) AS 增长率 FROM 支出总表 AS a JOIN 支出总表 AS b ON a.科目编码 = b.科目编码 AND b.年度 = a.年度 - 1

-- 问：社保和卫生一共多少？（两个子查询相加）
SELECT (SELECT 合计 FROM 支出总表 WHERE 科目编码 = '208' AND 年度 = 2024) + (SELECT 合计 FROM 支出总表 WHERE 科目编码 = '210' AND 年度 = 2024) AS 两类 FROM 支出总表 WHERE 合计行 AND 年度 = 2024

-- 每类有几个下级（连接后计数，每行代表一个下级）
SELECT a.科目名称, COUNT(*) AS 个数, SUM(b.合计) AS 下级合计 FROM 支出总表 AS a JOIN 支出总表 AS b ON b.上级 = a.row_id GROUP BY a.row_id, a.科目名称

-- 问：两张表的末级合计各多少？（UNION ALL 各自合计）
SELECT '支出总表' AS 表, SUM(合计) AS 金额 FROM 支出总表 WHERE 末级 AND 年度 = 2024 UNION ALL SELECT '项目支出表', SUM(合计) FROM 项目支出表 WHERE 末级 AND 年度 = 2024
