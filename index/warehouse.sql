-- The warehouse's tables. The wide views, one a kind, are made from kinds.yaml by index/views.py.
CREATE TABLE documents (
    document_id VARCHAR PRIMARY KEY, title VARCHAR, unit_name VARCHAR, unit_code VARCHAR, region VARCHAR,
    year INTEGER, document_type VARCHAR, unit_level VARCHAR, file VARCHAR, sha256 VARCHAR);
COMMENT ON TABLE documents IS '文件：一行一份预算或决算';
CREATE TABLE tables (
    table_id VARCHAR PRIMARY KEY, document_id VARCHAR, position INTEGER, table_no VARCHAR, title VARCHAR,
    kind VARCHAR, confidence DOUBLE, unit VARCHAR, state VARCHAR, note VARCHAR, subject VARCHAR,
    section VARCHAR[], page_first INTEGER, page_last INTEGER, line INTEGER, file VARCHAR,
    header_rows INTEGER, grid JSON);
COMMENT ON TABLE tables IS '表：编号、标题、种类、单位、状态（figures 有数据｜empty 空表｜declared_empty 声明无此项）和原样网格';
CREATE TABLE figures (
    figure_id VARCHAR PRIMARY KEY, row_id VARCHAR, table_id VARCHAR, document_id VARCHAR, kind VARCHAR,
    row_no INTEGER, side VARCHAR, row_label VARCHAR, printed_label VARCHAR, code VARCHAR, code_system VARCHAR,
    level INTEGER, parent_row_id VARCHAR, is_leaf BOOLEAN, is_total BOOLEAN, subordinate_unit VARCHAR, page INTEGER,
    column_no INTEGER, column_path VARCHAR, measure VARCHAR, printed VARCHAR, unit VARCHAR, value_type VARCHAR,
    number DECIMAL(28, 6), amount_yuan DECIMAL(28, 6));
COMMENT ON TABLE figures IS '数据格：一行一个单元格，每条引用的归宿';
CREATE TABLE paragraphs (
    paragraph_id VARCHAR PRIMARY KEY, document_id VARCHAR, position INTEGER, section VARCHAR[], text VARCHAR,
    role VARCHAR, subject VARCHAR, page INTEGER, line INTEGER, file VARCHAR);
COMMENT ON TABLE paragraphs IS '段落：所在标题路径、正文、性质（duty 职责｜definition 名词解释｜heading｜contents｜plain）和主语';
CREATE TABLE statements (
    statement_id VARCHAR PRIMARY KEY, document_id VARCHAR, paragraph_id VARCHAR, subject VARCHAR,
    amount_yuan DECIMAL(28, 6), budget_yuan DECIMAL(28, 6), completion_percent DECIMAL(18, 6),
    earlier_yuan DECIMAL(28, 6), earlier_basis VARCHAR, change_yuan DECIMAL(28, 6),
    percent DECIMAL(18, 6), share_percent DECIMAL(18, 6), number DECIMAL(28, 6), number_unit VARCHAR,
    reason VARCHAR, sentence VARCHAR, whole_id VARCHAR);
COMMENT ON TABLE statements IS '正文里的数：事项、金额、年初预算和完成率、上年数、增减额、增减率、占比、数量、原因、列在哪个数之下，附原句';
CREATE TABLE facts (
    fact_id VARCHAR PRIMARY KEY, document_id VARCHAR, source VARCHAR, figure_id VARCHAR, statement_id VARCHAR,
    row_id VARCHAR, table_id VARCHAR, kind VARCHAR, unit_name VARCHAR, year INTEGER, basis VARCHAR, side VARCHAR,
    nature VARCHAR, fund VARCHAR, origin VARCHAR, quantity VARCHAR, item VARCHAR, part VARCHAR[], code VARCHAR,
    code_system VARCHAR, value DECIMAL(28, 6), amount_yuan DECIMAL(28, 6), value_unit VARCHAR, printed VARCHAR,
    is_total BOOLEAN, is_leaf BOOLEAN, level INTEGER, parent_row_id VARCHAR, unread VARCHAR[], trust DOUBLE);
COMMENT ON TABLE facts IS '事实：表里的一格或正文里的一个数，各有坐标（年度、口径、方向、性质、资金、来源年度、量）';
COMMENT ON COLUMN facts.fact_id IS '事实标识：单元格标识，或正文数标识加所取的值（如 ….s3.change）';
COMMENT ON COLUMN facts.document_id IS '文件标识';
COMMENT ON COLUMN facts.source IS '出处：表｜正文';
COMMENT ON COLUMN facts.figure_id IS '单元格标识，出自正文的为空';
COMMENT ON COLUMN facts.statement_id IS '正文数标识，出自表的为空';
COMMENT ON COLUMN facts.row_id IS '所在行的标识';
COMMENT ON COLUMN facts.table_id IS '所在表的标识';
COMMENT ON COLUMN facts.kind IS '表的种类，即宽表的名称';
COMMENT ON COLUMN facts.unit_name IS '所属的下级单位全称，属于整个部门时为空';
COMMENT ON COLUMN facts.year IS '数所属的年度（“上年预算数”是上一年）';
COMMENT ON COLUMN facts.basis IS '口径：预算｜调整预算｜执行｜决算';
COMMENT ON COLUMN facts.side IS '方向：收入｜支出';
COMMENT ON COLUMN facts.nature IS '支出性质：全部｜基本｜人员｜公用｜项目';
COMMENT ON COLUMN facts.fund IS '资金来源：全部｜财政拨款｜一般公共预算｜政府性基金｜国有资本经营｜财政专户｜单位资金等';
COMMENT ON COLUMN facts.origin IS '资金年度：全部｜本年｜上年结转';
COMMENT ON COLUMN facts.quantity IS '量：金额｜增减额｜增减率｜占比｜完成率｜数量｜单价｜人数｜面积｜指标值｜权重｜年度｜文字';
COMMENT ON COLUMN facts.item IS '行的名称，或正文里这个数说的是什么';
COMMENT ON COLUMN facts.part IS '列标题里的事项（如公务接待费），由大到小';
COMMENT ON COLUMN facts.code IS '行的编码';
COMMENT ON COLUMN facts.code_system IS '编码的体系：功能分类、部门经济分类、单位等';
COMMENT ON COLUMN facts.value IS '按所印单位的数值，空格和文字为空';
COMMENT ON COLUMN facts.amount_yuan IS '金额（元），不是金额的为空';
COMMENT ON COLUMN facts.value_unit IS '数值的单位';
COMMENT ON COLUMN facts.printed IS '所印原样';
COMMENT ON COLUMN facts.is_total IS '合计行，不可与其他行相加；出自正文的为空';
COMMENT ON COLUMN facts.is_leaf IS '没有下级行；出自正文的为空';
COMMENT ON COLUMN facts.level IS '层级，最上层为1，合计行为0；出自正文的为空';
COMMENT ON COLUMN facts.parent_row_id IS '上级行的行标识';
COMMENT ON COLUMN facts.unread IS '列标题里没有读懂的部分';
COMMENT ON COLUMN facts.trust IS '可信程度：全部读懂为1，每有一部分没有读懂就降低';
CREATE TABLE findings (
    finding_id VARCHAR PRIMARY KEY, document_id VARCHAR, check_name VARCHAR, result VARCHAR, difference DECIMAL(28, 6),
    is_rounding BOOLEAN, message VARCHAR, figure_ids VARCHAR[], statement_ids VARCHAR[]);
COMMENT ON TABLE findings IS '勾稽结果：holds 相符｜differs 不符｜not_checkable 无从核对，附所读的数据格和正文';
CREATE TABLE places (part_id VARCHAR PRIMARY KEY, document_id VARCHAR, places JSON);
COMMENT ON TABLE places IS '在页面上的位置：一行一张表（逐行逐格）或一个段落（逐行），每处为页码和左、上、右、下边占页面的比例';
CREATE TABLE recognised_pages (document_id VARCHAR, file VARCHAR, page INTEGER, turn INTEGER);
COMMENT ON TABLE recognised_pages IS '识别所得的页：文字不在文件里，是从图片识别出来的；turn 是识别前顺时针转过的度数';
CREATE TABLE chunks (
    chunk_id VARCHAR PRIMARY KEY, document_id VARCHAR, section VARCHAR[], text VARCHAR, paragraph_ids VARCHAR[],
    vector FLOAT[]);
COMMENT ON TABLE chunks IS '检索片段：正文与向量，向量库可由此重建';

CREATE VIEW "正文数据" AS
SELECT s.statement_id AS row_id, s.document_id, d.unit_name AS "部门", d.year AS "年度", s.subject AS "事项",
    s.amount_yuan AS "金额", s.budget_yuan AS "年初预算", s.completion_percent AS "完成率",
    s.earlier_yuan AS "上年金额", s.earlier_basis AS "上年口径", s.change_yuan AS "增减额",
    s.percent AS "增减率", s.share_percent AS "占比", s.number AS "数量", s.number_unit AS "数量单位",
    s.reason AS "原因", s.sentence AS "原句"
FROM statements s JOIN documents d USING (document_id);
COMMENT ON VIEW "正文数据" IS '正文里写到的数；一行：一句话里一个事项的数';
COMMENT ON COLUMN "正文数据".row_id IS '行标识，引用时用';
COMMENT ON COLUMN "正文数据".document_id IS '文件标识';
COMMENT ON COLUMN "正文数据"."部门" IS '编制预算的部门或单位全称';
COMMENT ON COLUMN "正文数据"."年度" IS '预算年度';
COMMENT ON COLUMN "正文数据"."事项" IS '这个数说的是什么';
COMMENT ON COLUMN "正文数据"."金额" IS '金额（元）';
COMMENT ON COLUMN "正文数据"."年初预算" IS '决算说明里与决算数并列的年初预算（元）';
COMMENT ON COLUMN "正文数据"."完成率" IS '完成年初预算的百分比（%）';
COMMENT ON COLUMN "正文数据"."上年金额" IS '比较基数的金额（元），是哪个基数见上年口径';
COMMENT ON COLUMN "正文数据"."上年口径" IS '和什么比：上年预算数、上年执行数、年初预算数等';
COMMENT ON COLUMN "正文数据"."增减额" IS '比基数增减的金额（元），减少为负';
COMMENT ON COLUMN "正文数据"."增减率" IS '比基数增减的百分比（%），减少为负';
COMMENT ON COLUMN "正文数据"."占比" IS '占总额的百分比（%）';
COMMENT ON COLUMN "正文数据"."数量" IS '不是金额的数（如车辆数）';
COMMENT ON COLUMN "正文数据"."数量单位" IS '数量的单位（辆、人、平方米等）';
COMMENT ON COLUMN "正文数据"."原因" IS '文中说明的增减原因';
COMMENT ON COLUMN "正文数据"."原句" IS '数所在的原句';

CREATE VIEW "全部数据" AS
SELECT f.figure_id AS row_id, f.document_id, d.unit_name AS "部门", d.year AS "年度", t.table_no AS "表号",
    t.title AS "表名", f.kind AS "表种类", f.row_no AS "行号", f.row_label AS "行名", f.code AS "编码",
    f.column_path AS "列名", f.subordinate_unit AS "所属单位", f.level AS "层级", f.parent_row_id AS "上级",
    f.is_leaf AS "末级", f.is_total AS "合计行", f.printed AS "原样", f.number AS "数值", f.amount_yuan AS "金额"
FROM figures f JOIN documents d USING (document_id) JOIN tables t ON t.table_id = f.table_id;
COMMENT ON VIEW "全部数据" IS '所有表的所有数据格；一行：一个单元格';
COMMENT ON COLUMN "全部数据".row_id IS '单元格标识，引用时用';
COMMENT ON COLUMN "全部数据".document_id IS '文件标识';
COMMENT ON COLUMN "全部数据"."部门" IS '编制预算的部门或单位全称';
COMMENT ON COLUMN "全部数据"."年度" IS '预算年度';
COMMENT ON COLUMN "全部数据"."表号" IS '所印表号，如附表4-6';
COMMENT ON COLUMN "全部数据"."表名" IS '所印表名';
COMMENT ON COLUMN "全部数据"."表种类" IS '表的种类，即宽表的名称';
COMMENT ON COLUMN "全部数据"."行号" IS '表内正文行号，从1起';
COMMENT ON COLUMN "全部数据"."行名" IS '行的名称（科目、项目、单位等）';
COMMENT ON COLUMN "全部数据"."编码" IS '行的编码';
COMMENT ON COLUMN "全部数据"."列名" IS '列标题，多层标题以/相连';
COMMENT ON COLUMN "全部数据"."所属单位" IS '该行所属的下级单位全称，属于整个部门时为空';
COMMENT ON COLUMN "全部数据"."层级" IS '层级，最上层为1，合计行为0';
COMMENT ON COLUMN "全部数据"."上级" IS '上级行的行标识';
COMMENT ON COLUMN "全部数据"."末级" IS '没有下级行';
COMMENT ON COLUMN "全部数据"."合计行" IS '合计行，不可与其他行相加';
COMMENT ON COLUMN "全部数据"."原样" IS '所印原样';
COMMENT ON COLUMN "全部数据"."数值" IS '按所印单位的数值';
COMMENT ON COLUMN "全部数据"."金额" IS '金额（元），不是金额的为空';
